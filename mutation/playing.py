"""Judging many mutants: the right portal first, then every mutant that is not known yet, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue

from mutation import clock
from mutation.judges import Finding, Judge, Outcome
from mutation.looking import end_all
from mutation.mutants import Mutant, Name
from mutation.record import RIGHT, Record
from mutation.scratch import CannotJudge, copy, planted

Say = Callable[[str], None]


def play(
    root: Path,
    mutants: Sequence[Mutant],
    judge: Judge,
    record: Record,
    given: Mapping[str, str],
    *,
    jobs: int,
    say: Say,
) -> dict[Name, Finding]:
    """Return the finding on every mutant; what is known from before is not judged again."""
    found = record.known(root, judge)
    rest = [mutant for mutant in mutants if mutant.name not in found]
    say(f"{len(mutants)} mutants, {len(mutants) - len(rest)} known from before")
    if rest:
        with _copies(root, judge, min(jobs, len(rest))) as copies:
            if RIGHT not in found:
                _the_right_one(root, judge, record, given, copies, say)
            for name, finding in _each(rest, judge, given, copies, say):
                record.add(root, judge, name, finding)
                found[name] = finding
    return {mutant.name: found[mutant.name] for mutant in mutants}


@contextmanager
def _copies(root: Path, judge: Judge, jobs: int) -> Iterator[SimpleQueue[Path]]:
    free: SimpleQueue[Path] = SimpleQueue()
    with ExitStack() as stack:
        stack.callback(judge.close)
        for _ in range(jobs):
            free.put(stack.enter_context(copy(root)))
        yield free


def _the_right_one(
    root: Path, judge: Judge, record: Record, given: Mapping[str, str], copies: SimpleQueue[Path], say: Say
) -> None:
    """A judge who finds fault with the right portal says nothing about mutants."""
    folder = copies.get()
    began = clock.stopwatch()
    finding = judge.find(folder, given)
    copies.put(folder)
    say(f"the right portal: {_told(finding)} ({clock.stopwatch() - began:.0f} s)")
    if finding.outcome is not Outcome.SURVIVED:
        raise CannotJudge(f"the {judge.name} do not pass on the right portal: {finding.by or finding.outcome.value}")
    record.add(root, judge, RIGHT, finding)


def _each(
    mutants: Sequence[Mutant], judge: Judge, given: Mapping[str, str], copies: SimpleQueue[Path], say: Say
) -> Iterator[tuple[Name, Finding]]:
    def one(mutant: Mutant) -> tuple[Name, Finding, float]:
        folder = copies.get()
        try:
            began = clock.stopwatch()
            with planted(folder, mutant):
                finding = judge.find(folder, given, mutant.name.module)
            return mutant.name, finding, clock.stopwatch() - began
        finally:
            copies.put(folder)

    with ThreadPoolExecutor(copies.qsize()) as pool:
        pending = [pool.submit(one, mutant) for mutant in mutants]
        try:
            for count, done in enumerate(as_completed(pending), 1):
                name, finding, seconds = done.result()
                say(f"[{count}/{len(mutants)}] {_told(finding)} ({seconds:.0f} s)  {name}")
                yield name, finding
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            raise


def _told(finding: Finding) -> str:
    return f"{finding.outcome.value} by {finding.by}" if finding.by else finding.outcome.value
