"""Choosing scenarios by tag expression, clause and norm, refusing names that do not exist and empty choices."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cucumber_tag_expressions import TagExpressionError, parse

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import UsageError
from portal2fa.outcomes import Outcome, Result
from portal2fa.profile_files import find_root

_WORDS = {"and", "or", "not"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The scenarios to run, and the filter in words with what it left of how many (empty when all were selected)."""

    scenarios: tuple[ScenarioOutline, ...]
    words: str = ""
    shard: str = ""
    """`2/3` where these are the second of three parts of what was selected."""
    every_clause: bool = True
    """No scenario that proves a clause was left out by the filter."""

    def part(self, number: int, of: int) -> Selection:
        """The part `number` of `of`, which together are everything; each has some of every feature."""
        if number > len(self.scenarios):
            raise UsageError(
                f"The part {number} of {of} is empty.",
                cause=f"{len(self.scenarios)} scenarios are selected",
                hint="divide them into fewer parts",
            )
        return replace(self, scenarios=self.scenarios[number - 1 :: of], shard=f"{number}/{of}")


@dataclass(frozen=True, slots=True)
class Again:
    """Scenarios of an earlier run, by their ids, and which ones in words."""

    ids: frozenset[str]
    words: str


def last_failed(result: Result, target: str) -> Again:
    """What failed in a result of `target`, the name of a profile; raises `UsageError` where there is nothing to run."""
    if result.target.name != target:
        raise UsageError(
            "The last result is of another target.",
            cause=f"it is of {result.target.name}, and this is {target}",
            hint="name the folder of the right one with --out, or leave --failed out",
        )
    ids = frozenset(row.id for row in result.scenarios if row.outcome is Outcome.FAILED)
    if not ids:
        raise UsageError(
            "Nothing failed in the last result.",
            cause=f"of the run of {result.started}",
            hint="leave --failed out to run everything",
        )
    return Again(ids, f"what failed in the run of {result.started}")


def select(
    rows: Sequence[ScenarioOutline],
    *,
    tags: Sequence[str] = (),
    clauses: Sequence[str] = (),
    norms: Sequence[str] = (),
    again: Again | None = None,
    shard: tuple[int, int] | None = None,
) -> Selection:
    """The rows that every tag expression accepts, that belong to any clause or norm named and to those to run `again`.

    With `shard`, the part (i, n) of them.
    """
    chosen = list(rows)
    if again:
        chosen = _those(chosen, again)
    for expression in tags:
        chosen = _by_tags(chosen, expression, rows)
    if clauses or norms:
        wanted = {_known(clause, _all(row.clauses for row in rows), "clause") for clause in clauses}
        wanted |= {_known(norm, _all(row.norms for row in rows), "norm") for norm in norms}
        chosen = [row for row in chosen if wanted & {*row.clauses, *row.norms}]
    words = "; ".join(
        ([again.words] if again else [])
        + [f"tags {expression}" for expression in tags]
        + [f"clauses {', '.join(clauses)}"] * bool(clauses)
        + [f"norms {', '.join(norms)}"] * bool(norms)
    )
    if not chosen:
        raise UsageError(
            f"No scenario is selected by {words}.",
            cause="no scenario fits all of these filters at once",
            hint=f"leave one of them out; {_listed()}",
        )
    every_clause = not any(row.clauses for row in set(rows) - set(chosen))
    told = f"{words} ({len(chosen)} of {len(rows)} scenarios)" if words else ""
    selection = Selection(tuple(chosen), told, every_clause=every_clause)
    return selection.part(*shard) if shard else selection


def _those(rows: Sequence[ScenarioOutline], again: Again) -> list[ScenarioOutline]:
    found = [row for row in rows if row.id in again.ids]
    if gone := sorted(again.ids - {row.id for row in found}):
        raise UsageError(
            "A scenario of the last result is no longer there.",
            cause=f"{again.words}: {gone[0]}",
            hint="the features were changed since; run everything once",
        )
    return found


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
    return f"`portal2fa clauses` lists clauses and norms, {find_root() / 'features' / 'README.md'} the tags"


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
