"""Nobody waits for a fixed time where something tells that it has come: the places that let time pass are counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAUSES = {
    "fixtures/browser.py": "between two looks whether another scenario has started the browser anew",
    "fixtures/world.py": "between two looks whether another scenario has given an account back",
    "portal2fa/lanes.py": "outside of a lane a wait is a wait",
    "steps/tasks/codes.py": "until the app shows its next code, by a clock that nobody moves",
    "steps/tasks/moving.py": "for a second mail, as long as the profile says that one may take",
    "steps/tasks/requesting.py": "for a second mail, as long as the profile says that one may take",
    "steps/tasks/settling.py": "for a mail that must not come, as long as the profile says that one may take",
    "steps/tasks/waiting.py": "between two looks, in the one loop that looks again",
}
"""What each of them waits for; a mailbox that the run starts itself has its mails at once, and costs no wait."""


def places() -> Iterator[str]:
    """Where one of ours lets time pass, or one of Playwright's calls that does nothing else."""
    for path in sorted(path for part in ("portal2fa", "fixtures", "steps") for path in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="pause" | "sleep" | "wait_for_timeout")):
                    if path.name != "clock.py":
                        yield path.relative_to(ROOT).as_posix()


def test_time_is_let_pass_where_nothing_else_tells() -> None:
    assert set(places()) == PAUSES.keys()
