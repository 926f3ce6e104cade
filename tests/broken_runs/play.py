"""Plays scenarios on a portal with broken profiles, one run after the other in this process.

Reads cases as a JSON list on standard input, and writes a line of JSON for each to standard output: what every scenario
came to, or what kept the run from starting.  Without a case it plays everything with the right profile of the reference
portal, and writes which entries each scenario used.

A run of a few scenarios has not seen what the others would have shown.  So that no failure hides behind that, all that
does not bear the name of the broken entry counts as seen.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fixtures import walking
from fixtures.authenticator import KeyUri
from fixtures.portal import Portal
from portal2fa import runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.errors import EnvironmentProblem, ProfileError
from portal2fa.evidence import OWN_BACKUP_CODES, Recorder
from portal2fa.outcomes import Result, ScenarioResult
from portal2fa.profile import METHODS, Profile
from portal2fa.profile_files import Target, find_root, load_target
from portal2fa.selection import Selection
from portal2fa.session import Session
from portal2fa.side_by_side import lanes_on
from portal2fa.witnesses import GOALS, apart, at, behind, declaring, goal
from steps.tasks import doubts, people
from steps.tasks.doubts import ADVICE_AWAY
from steps.tasks.following import LEADS_TO

ROOT = find_root()
MORE = (
    "a mail with a code",
    "a QR code at controls.qr_code",
    "controls.name with the name of the account",
    "a code that mailbox.code_pattern finds and the portal takes",
    "a backup code that backup_codes.pattern finds and the portal takes",
    OWN_BACKUP_CODES,
    ADVICE_AWAY,
    "a code by timing.period that the portal takes",
    "accounts.name",
    doubts.ANY_CASE,
    doubts.SPACED,
    doubts.PAUSED,
    doubts.ONE_METHOD,
    doubts.BOTH_METHODS,
    doubts.REPLACED,
    doubts.A_FURTHER_MAIL,
    doubts.A_LIFETIME,
)
"""What else a run notes as seen."""
_LANES = 4
"""So many scenarios of a broken profile are under way at once: nearly all of their time is waiting in vain."""


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def load(says: dict[str, Any], folder: Path, base: str = "reference") -> Target:
    """A profile with what a case says instead; answers are waited for no longer than they take."""
    right = load_target(base, ROOT)
    slow = 1.25 if base == "reference" else 1.0  # a product is given the time of its own profile
    mailbox = right.profile.mailbox
    tables: dict[str, Any] = {
        "timing": {"answer": right.profile.timing.answer / slow},
        "mailbox": {"kind": mailbox.kind, "seconds": 2, "code_pattern": mailbox.code_pattern},
    }
    tables = {name: {**tables.get(name, {}), **says.get(name, {})} for name in {**tables, **says}}
    if right.profile.start is not None:
        command = [part.replace("{here}", str(right.path.parent)) for part in right.profile.start.command]
        tables["start"] = {"command": command, "seconds": right.profile.start.seconds, **says.get("start", {})}
    path = folder / "broken.toml"
    path.write_text(
        f'extends = {json.dumps(str(right.path))}\nname = "broken"\ntitle = "Broken"\n'
        + "".join(f"{name} = {_toml(table)}\n" for name, table in tables.items()),
        encoding="utf-8",
    )
    return load_target(str(path), ROOT)


def all_but(entry: str, profile: Profile) -> set[str]:
    """All that a run may see, but what bears the name of one entry; what hangs on a mail or a capability goes too."""
    everything = {f"controls.{name}" for name in profile.controls} | {f"notices.{name}" for name in profile.notices}
    everything |= {goal(profile, path) for path in GOALS} | set(MORE)
    everything |= {behind(control, notice) for control, notice in LEADS_TO.items()} | set(map(at, profile.places))
    everything |= {doubts.goes_on(profile, method, setting_up=first) for method in METHODS for first in (True, False)}
    everything |= set(map(doubts.after_a_wrong_password, profile.paths))
    everything |= {apart(notice, other) for notice in profile.notices for other in profile.notices}
    if entry.startswith("mailbox."):
        everything.discard("a mail with a code")
    capability = entry.removeprefix("capabilities.")
    everything = {seen for seen in everything if declaring(seen) != capability}
    return {seen for seen in everything if entry not in seen.replace(",", "").split()}


def play(
    target: Target,
    scenarios: tuple[str, ...],
    seen: set[str],
    progress: Callable[[ScenarioResult], None],
    *,
    lanes: int = 1,
) -> Result:
    """Run scenarios by their ids, all of them where none is named; so many at once as the target and `lanes` allow."""
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder))
        recorder.findings.seen |= seen
        rows = read_scenarios(ROOT / "features")
        session = Session(
            target=target,
            root=ROOT,
            register=load_register(ROOT / "features" / "clauses.toml"),
            browser=find_browser(os.environ),
            recorder=recorder,
            evidence="none",
            at_once=lanes_on(target.profile, lanes)[0],
            allowed=frozenset({"destructive"}),
        )
        chosen = tuple(row for row in rows if not scenarios or row.id in scenarios)
        return runner.run(session, Selection(chosen, "some"), command="play", progress=progress)


def _used(target: Target) -> dict[str, dict[str, list[str]]]:
    """Which entries each scenario asks the portal for, and which of them it finds, takes or matches, by its id."""
    asked: set[str] = set()
    found: set[str] = set()
    ended: dict[str, dict[str, list[str]]] = {}
    for name, table in (("control", "controls"), ("notice", "notices"), ("addresses", "places")):
        setattr(Portal, name, _noting(getattr(Portal, name), asked, table))
    setattr(people, "KeyUri", _telling(KeyUri, found))  # noqa: B010 -- made there of what the profile tells only
    setattr(Recorder, "used", _exercising(Recorder.used, found))  # noqa: B010 -- a method, which mypy lets nobody assign
    walk = walking.walk

    def noted(portal: Portal, path: str, values: Any) -> None:
        asked.add(f"paths.{path}")
        walk(portal, path, values)

    walking.walk = noted

    def end(result: ScenarioResult) -> None:
        ended[result.id] = {"asks": sorted(asked), "exercises": sorted(found)}
        asked.clear()
        found.clear()

    play(target, (), set(), end)
    return ended


def _noting(method: Callable[..., Any], now: set[str], table: str) -> Callable[..., Any]:
    def noted(self: Portal, name: str) -> Any:
        now.add(f"{table}.{name}")
        return method(self, name)

    return noted


def _telling(made: Callable[..., Any], now: set[str]) -> Callable[..., Any]:
    def noted(*said: Any) -> Any:
        now.add("timing.period")
        return made(*said)

    return noted


def _exercising(method: Callable[[Recorder, str], None], now: set[str]) -> Callable[[Recorder, str], None]:
    def noted(self: Recorder, entry: str) -> None:
        now.add(entry)
        method(self, entry)

    return noted


def main() -> None:
    """Play what standard input asks for; behave's own remarks go to standard error."""
    asked, out = json.load(sys.stdin), sys.stdout
    with tempfile.TemporaryDirectory() as folder:
        if not asked:
            print(json.dumps(_used(load({}, Path(folder)))), file=out, flush=True)
        for case in asked:
            try:
                target = load(case["says"], Path(folder), case.get("base", "reference"))
                seen = all_but(case["entry"], target.profile)
                result = play(target, tuple(case["scenarios"]), seen, lambda _: None, lanes=_LANES)
                rows = [[row.id, str(row.outcome), row.reason] for row in result.scenarios]
            except (ProfileError, EnvironmentProblem) as error:
                rows = [["", "refused", str(error)]]
            print(json.dumps({"name": case["name"], "rows": rows}), file=out, flush=True)


if __name__ == "__main__":
    main()
