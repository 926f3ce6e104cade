"""Results of shards, put together as one run of all their scenarios would have found them.

What one shard saw of the profile counts for the scenarios of the others too, so every outcome is settled anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from pathlib import PurePosixPath

from portal2fa.baseline_standing import with_baseline
from portal2fa.errors import UsageError
from portal2fa.outcomes import ProfileEntry, Result, ScenarioResult
from portal2fa.witnesses import settled

Shards = Mapping[str, Result]
"""Results by where they come from, as people know it."""


def merge(shards: Shards, *, command: str) -> Result:
    """The result of all `shards` together; raises `UsageError` where they are not all the parts of one selection."""
    parts = _in_order(shards)
    _same(parts)
    results = [*parts.values()]
    rows = [row for row in chain.from_iterable(zip_longest(*map(_rows, results))) if row is not None]
    _once(rows)
    first, seen = results[0], {entry for result in results for entry in result.seen}
    merged = replace(
        first,
        target=replace(first.target, notes=_distinct(note for result in results for note in result.target.notes)),
        browser=", ".join(_distinct(result.browser for result in results)),
        started=min(result.started for result in results),
        finished=max(result.finished for result in results),
        command=command,
        scenarios=tuple(settled(row, seen) for row in rows),
        not_restored=_distinct(name for result in results for name in result.not_restored),
        interrupted=any(result.interrupted for result in results),
        problems=tuple(f"shard {result.shard}: {told}" for result in results for told in result.problems),
        profile_entries=seen_entries(results),
        seen=tuple(sorted(seen)),
        shard="",
    )
    return with_baseline(merged, first.baseline)


def evidence_path(path: str, number: int) -> str:
    """Where a file of evidence of shard `number` lies in the merged report."""
    return f"evidence/{number}-{PurePosixPath(path).name}" if path else ""


def _in_order(shards: Shards) -> dict[str, Result]:
    """The shards by their numbers: each one once, and none left out."""
    found: dict[int, tuple[str, Result]] = {}
    sizes = set()
    for name, result in shards.items():
        if not result.shard:
            raise _refused(f"{name} is no shard.", "it is the result of a run without --shard")
        number, size = map(int, result.shard.split("/"))
        if number in found and size in sizes:
            raise _refused("Shards overlap.", f"{found[number][0]} and {name} are both shard {result.shard}")
        sizes.add(size)
        found[number] = name, result
    if len(sizes) != 1:
        told = ", ".join(f"{name} is {result.shard}" for name, result in shards.items())
        raise _refused("These are shards of different runs.", told)
    [size] = sizes
    left = [f"{number}/{size}" for number in range(1, size + 1) if number not in found]
    if left:
        raise _refused("Shards are missing.", f"nothing is given of {', '.join(left)}")
    return {name: result for _, (name, result) in sorted(found.items())}


def _same(shards: Shards) -> None:
    """All shards are of the same portal, judged by the same profile, suite and version, from the same selection."""
    first, *others = shards
    for name in others:
        for what, one, other in _compared(shards[first], shards[name]):
            if one != other:
                raise _refused(f"{first} and {name} are not shards of one run.", f"{what} differs{_told(one, other)}")


def _compared(one: Result, other: Result) -> Iterator[tuple[str, object, object]]:
    yield "the target", one.target.name, other.target.name
    if not (one.target.started and other.target.started):
        yield "the portal's address", one.target.url, other.target.url
    yield "the profile", one.target.profile_digest, other.target.profile_digest
    yield "the suite", one.suite_digest, other.suite_digest
    yield "the register of clauses", one.clauses, other.clauses
    yield "the version of portal2fa", one.tool_version, other.tool_version
    yield "the selection", one.selection, other.selection
    yield "the baseline", one.baseline and one.baseline.digest, other.baseline and other.baseline.digest


def _told(one: object, other: object) -> str:
    """What differs, where it is short enough to be read."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return ""
    return f": {one or 'everything'} and {other or 'everything'}"


def _rows(result: Result) -> list[ScenarioResult]:
    """The scenarios of a shard, with their evidence where it lies in the merged report."""
    number = int(result.shard.partition("/")[0])
    return [
        replace(row, evidence=tuple(replace(item, path=evidence_path(item.path, number)) for item in row.evidence))
        for row in result.scenarios
    ]


def _once(rows: Sequence[ScenarioResult]) -> None:
    ids = [row.id for row in rows]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise _refused("Shards overlap.", f"more than one of them has {twice[0]}")


def seen_entries(results: Iterable[Result]) -> tuple[ProfileEntry, ...]:
    """The entries of the profile: exercised where any of the results came to them."""
    found: dict[str, ProfileEntry] = {}
    for result in results:
        for entry in result.profile_entries:
            known = found.get(entry.key, entry)
            found[entry.key] = replace(known, exercised=known.exercised or entry.exercised)
    return tuple(found.values())


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _refused(what: str, cause: str) -> UsageError:
    return UsageError(
        what, cause=cause, hint="give the reports of all runs that share a selection by --shard, each one once"
    )
