"""Whatever a run cannot tell, and whatever keeps it from running, says what to do about it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from portal2fa.profile_files import find_root

ROOT = find_root()
TOLD = ("CannotTell", "EnvironmentProblem")
WITHOUT = Counter(
    {
        # The portal is built in another way than the scenario needs, and nobody has to change anything.
        ("steps/tasks/at_once.py", "The code was sent in a way that cannot be held."): 1,
        ("steps/tasks/forging.py", "Nothing that a stranger's site could send begins the set-up."): 1,
        ("steps/tasks/forging.py", "The portal begins the set-up by no form, and a stranger's site can send …"): 1,
        ("steps/tasks/forging.py", "The set-up takes more than one request, so that one of them did nothing …"): 1,
        ("steps/tasks/guessing.py", "How many wrong codes the portal allows was not found out."): 1,
        ("steps/tasks/guessing.py", "The portal allows one account fewer wrong codes than the other."): 1,
        # What happened before says it already, or the cause is all that is known.
        ("fixtures/world.py", "The run was stopped while this scenario waited for an account."): 1,
        ("steps/tasks/announcing.py", "No refusal is in sight whose telling could be looked at."): 1,
        ("steps/tasks/at_once.py", "The code signed neither browser in."): 1,
        ("steps/tasks/codes.py", "…'s app was linked once only, so there is no former secret to try."): 1,
        ("steps/tasks/doctor/examiner.py", "The browser could not go on."): 1,
        ("steps/tasks/forging.py", "The stranger's site could not send it."): 1,
        ("steps/tasks/overhearing.py", "The answer that made what is in sight was not heard."): 1,
        ("steps/tasks/screens.py", "The window cannot be made narrow."): 1,
        ("steps/tasks/side_by_side.py", "Two-factor sign-in could be turned on in neither browser."): 1,
        ("steps/tasks/strangers.py", "Nothing came into the frame."): 1,
    }
)
"""The messages for which nobody knew a hint, by file; one that gets a hint is taken out, and none is added."""


def calls(path: Path) -> Iterator[ast.Call]:
    """Where the file says that something cannot be told, or is in the way."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TOLD:
            yield node


def hinted(call: ast.Call) -> bool:
    """Whether a call has a hint that is not empty, or is given all that it says by a table."""
    hints = [keyword.value for keyword in call.keywords if keyword.arg == "hint"]
    tables = [keyword for keyword in call.keywords if keyword.arg is None]
    return bool(tables) or any(not (isinstance(hint, ast.Constant) and not hint.value) for hint in hints)


def message(call: ast.Call) -> str:
    """What the call says, with … for what is filled in, and for what comes after 75 characters."""
    parts = call.args[0].values if isinstance(call.args[0], ast.JoinedStr) else call.args[:1]
    said = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
    return said if len(said) <= 75 else said[:75].rpartition(" ")[0] + " …"


def test_every_problem_of_a_run_has_a_hint_but_for_those_that_are_listed() -> None:
    found: Counter[tuple[str, str]] = Counter()
    several = 0
    for path in sorted(path for folder in ("steps", "fixtures") for path in (ROOT / folder).rglob("*.py")):
        for call in calls(path):
            several += 1
            if not hinted(call):
                found[str(path.relative_to(ROOT)), message(call)] += 1
    assert several > len(TOLD) * 50
    assert found == WITHOUT


def test_a_call_without_a_hint_is_noticed() -> None:
    said = ["CannotTell('a', cause='b')", "errors.CannotTell('a', hint='')", "EnvironmentProblem('a', hint='b')"]
    found = [node for line in said for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call)]
    assert [hinted(call) for call in found] == [False, False, True]
