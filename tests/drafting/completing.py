"""A draft as its owner would complete it: what it lacks comes from the profile that people wrote, and so do the means.

Whatever the draft says stays as it says it, right or wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from portal2fa.profile_files import find_root, load_target
from portal2fa.profile_names import CONTROLS
from portal2fa.profile_tables import Table, merged, read_all

ROOT = find_root()
_MEANS = ("start", "accounts", "mailbox", "clock")
_DRAFTED = ("places", "controls", "notices", "paths")
_PROMISES = {"codes": "spaces", "backup_codes": "any_case"}
"""What only the portal's own words tell, so that no walk can find it out."""
_DEEDS = ("press", "fill", "choose", "untick", "select", "see", "at")


def completed(drafted: Table, written: Table) -> Table:
    """The drafted table on a portal that a run can start, with every entry that it lacks."""
    table = {key: value for key, value in drafted.items() if key != "url"} | {"name": "completed"}
    table |= {key: written[key] for key in _MEANS if key in written}
    table["mailbox"] = {**table["mailbox"], **_pattern(drafted["mailbox"])}
    for name, promise in _PROMISES.items():
        said = written.get(name, {})
        table[name] = {key: said[key] for key in said if key == promise} | drafted.get(name, {})
    for name in _DRAFTED:
        table[name] = dict(drafted.get(name, {}))
    for name, actions in written["paths"].items():
        if name not in table["paths"]:
            table["paths"][name] = [_by_hand(action, table["controls"], written["controls"]) for action in actions]
    for name in _DRAFTED:
        table[name] = {**written[name], **table[name]}
    used = {control for actions in table["paths"].values() for action in actions for control in _controls(action)}
    table["controls"] = {name: said for name, said in table["controls"].items() if name in used or name in CONTROLS}
    return table


def _pattern(mailbox: Table) -> Table:
    return {key: value for key, value in mailbox.items() if key == "code_pattern"}


def _controls(action: Any) -> list[str]:
    """The controls that a deed of a path names."""
    return [action] if isinstance(action, str) else [action[deed] for deed in _DEEDS if deed in action]


def _by_hand(action: Any, drafted: Table, written: Table) -> Any:
    """A deed of a written path, to its own control also where the draft calls another one so."""
    if isinstance(action, str):
        return _own(action, drafted, written)
    return {key: _own(value, drafted, written) if key in _DEEDS else value for key, value in action.items()}


def _own(control: str, drafted: Table, written: Table) -> str:
    if control not in written or drafted.get(control, written[control]) == written[control]:
        return control
    drafted[f"{control}_by_hand"] = written[control]
    return f"{control}_by_hand"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run said: its verdict, and the outcome of each scenario by its id."""

    verdict: str
    outcomes: dict[str, str]


def judged_alike(name: str, draft: Path, folder: Path, *selection: str) -> tuple[Judged, Judged]:
    """What a run says by the shipped profile `name`, and by `draft` completed from it."""
    target = load_target(name, ROOT)
    written = merged(read_all(target.path, ROOT))
    table = completed(tomlkit.parse(draft.read_text("utf-8")).unwrap(), written)
    command = [part.replace("{here}", str(target.path.parent)) for part in table["start"]["command"]]
    table["start"] = {**table["start"], "command": command}
    file = folder / "completed.toml"
    file.write_text(tomlkit.dumps(table), "utf-8")
    return _judged(name, folder / "by-hand", *selection), _judged(str(file), folder / "by-draft", *selection)


def _judged(target: str, out: Path, *selection: str) -> Judged:
    line = [sys.executable, "-m", "portal2fa", "run", "--target", target, *selection, "--evidence", "none"]
    ended = subprocess.run([*line, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (out / "result.json").exists(), ended.stdout + ended.stderr
    document = json.loads((out / "result.json").read_text("utf-8"))
    rows = document["result"]["scenarios"]
    return Judged(document["verdict"], {row["id"]: row["outcome"] for row in rows})


def differences(written: Judged, drafted: Judged) -> dict[str, tuple[str, str | None]]:
    """The scenarios that came to something else, with both outcomes; the verdict counts as one."""
    ours = {"verdict": written.verdict, **written.outcomes}
    theirs = {"verdict": drafted.verdict, **drafted.outcomes}
    return {name: (said, theirs.get(name)) for name, said in ours.items() if said != theirs.get(name)}
