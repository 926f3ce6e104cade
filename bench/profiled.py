"""A full run of `portal2fa run` that tells where its wall time goes: `python -m bench.profiled FOLDER FILE`.

The run is one lane, so that its thread does one thing at a time.  What it may wait for is wrapped: every call of
Playwright's synchronous interface by its name, every request to the control endpoint, every pause.  Of nested calls
the outermost counts, so the seconds of all kinds add up to no more than the run.  FOLDER gets the report, FILE the
seconds by kind as JSON.  What no call accounts for is Python: behave, the steps, reading QR codes, masking.
"""

from __future__ import annotations

import contextlib
import functools
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
from playwright import sync_api

from bench import clock
from fixtures import hooks, pictures
from portal2fa import cli
from portal2fa import clock as waiting

START, END, REST = "start-up", "end and report", "Python, and what is left"
_OTHER = "looking"
KINDS: Mapping[str, tuple[str, ...]] = {
    "navigation": ("goto", "reload", "go_back", "go_forward"),
    "clicks and typing": (
        *("click", "dblclick", "check", "uncheck", "set_checked", "tap", "hover", "focus", "blur", "select_option"),
        *("fill", "clear", "type", "press", "press_sequentially", "insert_text", "down", "up", "move"),
    ),
    "waiting": (
        *("wait_for", "wait_for_selector", "wait_for_function", "wait_for_timeout", "wait_for_event"),
        *("wait_for_url", "wait_for_load_state"),
    ),
    "pictures": ("screenshot",),
    "browsers": ("launch", "connect", "connect_over_cdp", "new_context", "new_page", "close"),
}
"""Names of Playwright's calls by kind; all that are not named look at something."""
DRIVEN = ("Page", "Frame", "Locator", "ElementHandle", "BrowserContext", "Browser", "BrowserType", "Keyboard", "Mouse")
_ASSERTING = ("LocatorAssertions", "PageAssertions")
_LOCAL = (
    "locator",
    "frame_locator",
    "get_by_",
    "expect_",
    "on",
    "once",
    "set_default_",
    "and_",
    "or_",
    "filter",
    "nth",
)
"""How the names of calls begin that ask no browser."""


class Tally:
    """Seconds and calls by kind; only one thread may be in it."""

    def __init__(self, now: Callable[[], float] = clock.stopwatch) -> None:
        """Nothing was seen yet; `now` gives seconds that only ever grow."""
        self._now = now
        self._began = self._changed = now()
        self._busy = False
        self._phase = ""
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self.enter(START)

    def enter(self, phase: str) -> None:
        """From now on all time is that of `phase`, whatever is called; of the empty one, it goes by what is called."""
        if self._phase:
            self.seconds[self._phase] += self._now() - self._changed
        self._phase, self._changed = phase, self._now()

    @contextlib.contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """Count what happens inside, unless a phase has the time or it is inside of another kind."""
        if self._busy or self._phase:
            yield
            return
        self._busy, began = True, self._now()
        try:
            yield
        finally:
            self._busy = False
            self.seconds[kind] += self._now() - began
            self.calls[kind] += 1

    def close(self) -> dict[str, float]:
        """End the phase; seconds by kind, with what is left of the time since the beginning."""
        self.enter("")
        return {**self.seconds, REST: self._now() - self._began - sum(self.seconds.values())}


def kind_of(name: str) -> str:
    """The kind of one of Playwright's calls; empty for one that asks no browser."""
    if name.startswith(("_", *_LOCAL)):
        return ""
    return next((kind for kind, names in KINDS.items() if name in names), _OTHER)


def main(folder: str, file: str, *more: str) -> int:
    """Run in one lane, with `more` options; the status of the run, whose seconds are written to `file`."""
    tally = Tally()
    _wrap_all(tally)
    status = 0
    try:
        cli.main(["run", "--out", folder, "--lanes", "1", *more])
    except SystemExit as ending:
        status = int(ending.code or 0)
    seconds = tally.close()
    Path(file).write_text(json.dumps({"seconds": seconds, "calls": tally.calls}), "utf-8")
    return status


def _wrap_all(tally: Tally) -> None:
    for owner in (getattr(sync_api, name) for name in DRIVEN):
        for name, member in list(vars(owner).items()):
            if callable(member) and kind_of(name):
                _wrap(tally, owner, name, kind_of(name))
    for owner in (getattr(sync_api, name) for name in _ASSERTING):
        for name in [name for name in vars(owner) if not name.startswith("_")]:
            _wrap(tally, owner, name, "waiting")
    _wrap(tally, sync_api.APIRequestContext, "fetch", "checks over HTTP")
    _wrap(tally, sync_api.APIRequestContext, "get", "checks over HTTP")
    _wrap(tally, sync_api.APIRequestContext, "post", "checks over HTTP")
    _wrap(tally, httpx.Client, "send", "control calls")
    _wrap(tally, waiting, "pause", "waiting")
    _wrap(tally, pictures, "whole", "pictures")
    _wrap(tally, pictures, "cropped", "pictures")
    _follow(hooks, "before_all", after=lambda: tally.enter(""))
    _follow(hooks, "after_all", before=lambda: tally.enter(END))


def _wrap(tally: Tally, owner: Any, name: str, kind: str) -> None:
    original = getattr(owner, name)

    @functools.wraps(original)
    def timed(*given: Any, **named: Any) -> Any:
        with tally.of(kind):
            return original(*given, **named)

    setattr(owner, name, timed)


def _follow(
    owner: Any, name: str, before: Callable[[], None] = lambda: None, after: Callable[[], None] = lambda: None
) -> None:
    """Do something before and after each call of a hook."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def followed(*given: Any) -> None:
        before()
        original(*given)
        after()

    setattr(owner, name, followed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
