"""Choosing scenarios by tag expression and by clause, refusing names that do not exist and empty choices."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cucumber_tag_expressions import TagExpressionError, parse

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import UsageError
from portal2fa.profile_files import find_root

_WORDS = {"and", "or", "not"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The scenarios to run, and the filter in words (empty when all were selected)."""

    scenarios: tuple[ScenarioOutline, ...]
    words: str = ""


def select(rows: Sequence[ScenarioOutline], *, tags: Sequence[str] = (), clauses: Sequence[str] = ()) -> Selection:
    """The rows that every tag expression accepts and that belong to any of the clauses."""
    chosen = list(rows)
    for expression in tags:
        chosen = _by_tags(chosen, expression, rows)
    if clauses:
        wanted = {_known(clause, _all(row.clauses for row in rows), "clause") for clause in clauses}
        chosen = [row for row in chosen if wanted & set(row.clauses)]
    words = "; ".join(
        [f"tags {expression}" for expression in tags] + ([f"clauses {', '.join(clauses)}"] if clauses else [])
    )
    if not chosen:
        raise UsageError(
            f"No scenario is selected by {words}.",
            cause="no scenario fits all of these filters at once",
            hint=f"leave one of them out; {_listed()}",
        )
    return Selection(tuple(chosen), words)


def _all(groups: Iterable[Iterable[str]]) -> set[str]:
    return {item for group in groups for item in group}


def _known(name: str, names: set[str], kind: str, sign: str = "") -> str:
    """The name in the case in which it is known; `sign` stands before it in what is told."""
    by_case = {known.casefold(): known for known in names}
    if name.casefold() in by_case:
        return by_case[name.casefold()]
    near = difflib.get_close_matches(name.casefold(), by_case, 1, cutoff=0.5)
    raise UsageError(
        f"There is no {kind} {sign}{name} among the scenarios.",
        hint=f"did you mean {sign}{by_case[near[0]]}?" if near else _listed(),
    )


def _listed() -> str:
    return f"`portal2fa clauses` lists the clauses, {find_root() / 'features' / 'README.md'} the tags"


def _by_tags(
    rows: Sequence[ScenarioOutline], expression: str, everything: Sequence[ScenarioOutline]
) -> list[ScenarioOutline]:
    known = _all(row.tags for row in everything)
    for word in re.findall(r"[^\s()]+", expression):
        if word.lower() not in _WORDS:
            _known(word.removeprefix("@"), known, "tag", "@" if word.startswith("@") else "")
    try:
        accepts = parse(re.sub(r"(?<![\w@.-])@", "", expression))
    except TagExpressionError as error:
        raise UsageError(
            f"'{expression}' is not a tag expression.",
            cause=str(error).splitlines()[0],
            hint='write, for example, "@journey and not @needs.clock"',
        ) from error
    return [row for row in rows if accepts.evaluate(list(row.tags))]
