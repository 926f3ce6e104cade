"""Runs that follow the edits of a person: first what failed, then what the edits touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import Portal2faError
from portal2fa.outcomes import Outcome, Result
from portal2fa.selection import Selection
from portal2fa.watched_files import Changed

_OPEN = (Outcome.FAILED, Outcome.CANT_TELL)


@dataclass(slots=True)
class Standing:
    """What is known of the scenarios so far, and what was changed since they were seen to pass."""

    open: set[str] = field(default_factory=set)
    """The ids of those that failed, or could not be carried to their end, when they last ran."""
    changed: Changed = frozenset()
    """Files whose scenarios were not run yet."""

    def take(self, result: Result) -> None:
        """What became of some of the scenarios."""
        self.open -= {row.id for row in result.scenarios}
        self.open |= {row.id for row in result.scenarios if row.outcome in _OPEN}


def follow(
    changes: Iterable[Changed],
    first: Selection,
    *,
    features: Path,
    selected: Callable[[], Selection],
    play: Callable[[Selection], Result],
    tell: Callable[[str], object],
) -> None:
    """Play `first`, then after each of the changes what they call for, until one is interrupted.

    `selected` reads features and profile anew; what is wrong with them, or keeps a run from starting, is told, and the
    next change is waited for.
    """
    standing = Standing()
    if _played(standing, lambda: [first], play, tell):
        return
    for changed in changes:
        standing.changed |= changed

        def rounds() -> Iterable[Selection]:
            return _rounds(standing, selected(), features)

        if _played(standing, rounds, play, tell):
            return


def _played(
    standing: Standing,
    rounds: Callable[[], Iterable[Selection]],
    play: Callable[[Selection], Result],
    tell: Callable[[str], object],
) -> bool:
    """Whether a person stopped it."""
    try:
        for selection in rounds():
            result = play(selection)
            standing.take(result)
            if result.interrupted:
                return True
    except Portal2faError as error:
        tell(f"portal2fa: {error}")
    tell(f"{len(standing.open)} open. Waiting for a change; Ctrl-C ends it.")
    return False


def _rounds(standing: Standing, everything: Selection, features: Path) -> Iterable[Selection]:
    """First what is open; when nothing of that is any more, what the changes touch."""
    rows = everything.scenarios
    before = {row.id for row in rows} & standing.open
    if before:
        yield _part(everything, (row for row in rows if row.id in before), "what failed before")
    if before & standing.open:
        return
    rest = [row for row in touched(rows, standing.changed, features) if row.id not in before]
    if rest:
        yield _part(everything, rest, "what was changed")
    standing.changed = frozenset()


def _part(everything: Selection, rows: Iterable[ScenarioOutline], words: str) -> Selection:
    """Some of it, which decides nothing of the whole."""
    told = "; ".join(filter(None, [words, everything.words]))
    return replace(everything, scenarios=tuple(rows), words=told, every_clause=False)


def touched(rows: Sequence[ScenarioOutline], changed: Changed, features: Path) -> list[ScenarioOutline]:
    """The scenarios of the features that were changed; all of them where something else was, which any may use."""
    inside = {path for path in changed if path.is_relative_to(features) and path.suffix == ".feature"}
    if changed - inside:
        return list(rows)
    names = {path.relative_to(features).as_posix() for path in inside}
    return [row for row in rows if row.feature in names]
