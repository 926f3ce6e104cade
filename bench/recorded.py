"""A full run in one lane that writes down what a bare script has to do for the same: `python -m bench.recorded FILE`.

What is written down, scenario by scenario, is what a person does and waits for, as it reaches Playwright's driver:
addresses that are opened, clicks, what is typed, answers that are waited for, texts and pictures that are read, places
that are asked for over HTTP, and calls of the control endpoint.  Looks that only a judge takes are left out: whether
something is (not) in sight, where it stands, how it is called.  So the script does less than the run, never more.

What is typed is written down by where it comes from (`bench.sources`), because accounts and codes are others each time.
A scenario with a call that is not known here is left out of the script, and told.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx
from playwright._impl import connection

from bench.scribe import DROPPED, Deed, Scribe
from fixtures import hooks
from portal2fa import cli
from steps.tasks import people


def main(file: str, *more: str) -> int:
    """Run in one lane, with `more` options, and write the scenarios to `file`; 0 whatever the verdict was."""
    scribe = Scribe()
    _listen(scribe)
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as folder:
        try:
            cli.main(["run", *more, "--lanes", "1", "--evidence", "none", "--out", str(Path(folder) / "report")])
        except SystemExit as ending:
            status = int(ending.code or 0)
    Path(file).write_text(json.dumps(scribe.scenarios), "utf-8")
    return 0 if status in (0, 1, 3) else status


def _listen(scribe: Scribe) -> None:
    """Let the scribe hear of scenarios, of what is sent to the driver, and of calls of the control endpoint."""
    send = connection.Connection.send_message_to_server
    before, after, link, call = hooks.before_scenario, hooks.after_scenario, people.link, httpx.Client.send

    def sent(self: Any, sender: Any, method: str, params: Any, *more: Any, **named: Any) -> Any:
        deed, is_reading = scribe.sent(sender, method, params or {})
        future = send(self, sender, method, params, *more, **named)
        if deed is not None:
            future.add_done_callback(lambda done: _answered(scribe, deed, done, is_reading=is_reading))
        return future

    def begin(context: Any, scenario: Any) -> None:
        before(context, scenario)
        if scenario.status.name != "skipped":
            scribe.begin(scenario.name, context.world.mailbox.mails)

    def end(context: Any, scenario: Any) -> None:
        after(context, scenario)
        location = scenario.location
        scribe.end(f"{Path(location.filename).name}:{location.line}", passed=scenario.status.name == "passed")

    def linked(actor: Any, uri: Any) -> None:
        link(actor, uri)
        scribe.linked(uri.secret)

    def called(self: Any, request: httpx.Request, **named: Any) -> httpx.Response:
        response = call(self, request, **named)
        if "x-test-token" in request.headers:
            answer = response.json() if response.content else {}
            scribe.called(request.url.path.rpartition("/_test")[2], json.loads(request.content), answer)
        return response

    setattr(connection.Connection, "send_message_to_server", sent)  # noqa: B010 -- mypy forbids the plain way
    hooks.before_scenario, hooks.after_scenario, people.link = begin, end, linked
    httpx.Client.send = called  # type: ignore[method-assign]


def _answered(scribe: Scribe, deed: Deed, done: Any, *, is_reading: bool) -> None:
    if done.cancelled() or done.exception() is not None:
        deed[0] = DROPPED  # what came to nothing
    elif deed[0] == "seen":
        if (done.result() or {}).get("value"):
            scribe.seen(deed[1], deed[2])
    elif is_reading:
        value = (done.result() or {}).get("value")
        scribe.read(deed, value.get("s", "") if isinstance(value, dict) else str(value))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
