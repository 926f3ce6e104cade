"""What every report says about a result, computed once: counts, gaps, differences, sentences, the next step."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from portal2fa.baseline import Standing
from portal2fa.outcomes import (
    ClauseResult,
    Deviation,
    Outcome,
    Result,
    ScenarioResult,
    Verdict,
    clause_results,
    is_partial,
    verdict,
)
from portal2fa.reports.accepted import Shown, accepted, broken, named, remedy

WORDS: dict[Shown, str] = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Standing.ACCEPTED: "accepted",
    Outcome.CANT_TELL: "cannot tell",
    Outcome.UNTESTED: "untested",
    Outcome.INAPPLICABLE: "inapplicable",
}
"""How an outcome, or that a failure is accepted, is written for people."""

WORST_FIRST = (Outcome.FAILED, Outcome.CANT_TELL, Outcome.UNTESTED, Outcome.INAPPLICABLE, Outcome.PASSED)
"""Reading order of outcomes."""

SHOWN_FIRST: tuple[Shown, ...] = (Outcome.FAILED, Standing.ACCEPTED, *WORST_FIRST[1:])
"""Reading order with accepted failures."""

NO_REASON = "No reason was recorded."


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why something was not decided, with the scenarios and clauses that it left open."""

    outcome: Outcome
    reason: str
    scenarios: tuple[ScenarioResult, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One documentation deviation with every scenario that met it."""

    deviation: Deviation
    scenarios: tuple[ScenarioResult, ...]


PARTIAL = "partial run, no verdict"
"""The headline instead of a verdict where a filter left out what the verdict takes, and all the rest is well."""

NOT_SELECTED = "No scenario for it was run."
"""The reason of a clause that the run's filter left out."""


def count(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """Count outcomes, all five always present, worst news first."""
    found = list(outcomes)
    return {outcome: found.count(outcome) for outcome in WORST_FIRST}


def present(shown: Iterable[Shown]) -> list[tuple[Shown, int]]:
    """Count what is shown, worst news first; what does not occur is left out."""
    found = list(shown)
    return [(word, found.count(word)) for word in SHOWN_FIRST if word in found]


def binding_rows(result: Result) -> tuple[ClauseResult, ...]:
    """The clauses that decide the verdict: MUST and implied."""
    return tuple(row for row in clause_results(result) if row.clause.force.is_binding)


def reason_of(scenario: ScenarioResult) -> str:
    """Why `scenario` is not passed, in words; never empty for such a scenario, empty for a passed one."""
    if scenario.outcome is Outcome.PASSED:
        return scenario.reason
    if scenario.reason:
        return scenario.reason
    if scenario.expected or scenario.seen:
        return f"Expected {scenario.expected or 'nothing'}; seen {scenario.seen or 'nothing'}."
    messages = [step.message for step in scenario.steps if step.message]
    return messages[0] if messages else NO_REASON


def clause_reason(row: ClauseResult) -> str:
    """Why the clause of `row` is not passed: the reason of its worst scenario, or why it has none."""
    if row.outcome is Outcome.PASSED:
        return ""
    if not row.scenarios:
        return row.clause.exclusion or NOT_SELECTED
    return next(reason_of(s) for s in row.scenarios if s.outcome is row.outcome)


def chapter_titles(result: Result) -> dict[str, str]:
    """The human title of every chapter, by the name of its folder."""
    return {page.path.partition("/")[0]: page.chapter for page in result.features if page.chapter}


def gaps(result: Result) -> tuple[Gap, ...]:
    """Group what was not decided by outcome and reason, worst and largest first; clauses without scenarios included."""
    groups: dict[tuple[Outcome, str], list[ScenarioResult]] = {}
    for scenario in result.scenarios:
        if scenario.outcome not in (Outcome.PASSED, Outcome.FAILED):
            groups.setdefault((scenario.outcome, reason_of(scenario)), []).append(scenario)
    left_out: dict[str, list[str]] = {}
    for row in clause_results(result):
        if not row.scenarios:
            left_out.setdefault(clause_reason(row), []).append(row.clause.id)
    found = [Gap(o, reason, tuple(ss), _clause_ids(ss)) for (o, reason), ss in groups.items()]
    found += [Gap(Outcome.UNTESTED, reason, (), tuple(ids)) for reason, ids in left_out.items()]
    return tuple(sorted(found, key=lambda gap: (-gap.outcome.rank, -len(gap.scenarios), -len(gap.clauses))))


def differences(result: Result) -> tuple[Difference, ...]:
    """Every distinct documentation deviation once, in the order met."""
    met: dict[Deviation, list[ScenarioResult]] = {}
    for scenario in result.scenarios:
        for deviation in dict.fromkeys(scenario.deviations):
            met.setdefault(deviation, []).append(scenario)
    return tuple(Difference(deviation, tuple(scenarios)) for deviation, scenarios in met.items())


def headline(result: Result) -> str:
    """What stands above everything: the verdict, or that there is none because only a part was run."""
    return PARTIAL if is_partial(result) else verdict(result).value


def verdict_sentence(result: Result) -> str:
    """The verdict in one or two sentences with its numbers."""
    rows = binding_rows(result)
    numbers = count(row.outcome for row in rows if not row.accepted)
    total = len(rows)
    if total == 0:
        return "No binding clause was in the register, so nothing could be judged."
    if sum(numbers.values()) < total:
        return _beside_accepted(result, numbers, total)
    if verdict(result) is Verdict.CONFORMANT:
        return f"{_all_binding(total)} seen to hold.{_recommendations(result)}"
    return _without_a_yes(result, numbers, total)


def _without_a_yes(result: Result, numbers: dict[Outcome, int], total: int) -> str:
    """The verdict's sentence where it is no, or neither yes nor no."""
    open_count = total - numbers[Outcome.PASSED] - numbers[Outcome.FAILED]
    if verdict(result) is Verdict.NOT_CONFORMANT:
        rest = f"; {open_count} more {_was(open_count)} not decided" if open_count else ""
        failed = numbers[Outcome.FAILED]
        return f"{failed} of {total} binding {_plural(total, 'clause')} {_was(failed)} seen not to hold{rest}."
    if is_partial(result):
        return f"{_all_chosen(result)}; the others were not run, and a part cannot prove the whole."
    if open_count:
        return f"No binding clause was seen to break, but {open_count} of {total} {_was(open_count)} not decided."
    return f"{_all_binding(total)} seen to hold, but the run itself did not go to its end."


def _beside_accepted(result: Result, numbers: dict[Outcome, int], total: int) -> str:
    """The verdict's sentence where binding clauses are accepted as failing; `numbers` are of the other ones."""
    excused = total - sum(numbers.values())
    held, failed = numbers[Outcome.PASSED], numbers[Outcome.FAILED]
    judged = verdict(result)
    accepted_too = f"{excused} {_was(excused)} seen not to hold, which is accepted"
    if judged is Verdict.ACCEPTED:
        return f"{held} of {total} binding {_plural(total, 'clause')} {_was(held)} seen to hold; {accepted_too}."
    if judged is Verdict.NOT_CONFORMANT:
        return (
            f"{failed} of {total} binding clauses {_was(failed)} seen not to hold, beside what is accepted: {excused}."
        )
    undecided = sum(s.outcome in (Outcome.CANT_TELL, Outcome.UNTESTED) for s in result.scenarios)
    words = f", but {undecided} {_plural(undecided, 'scenario')} {_was(undecided)} not decided" if undecided else ""
    return f"Of {total} binding {_plural(total, 'clause')} {accepted_too}{words}; the rest is not known."


def _restoring(result: Result) -> str:
    """The command that puts back the accounts of the run's target, and leaves those of other portals alone."""
    given = shlex.split(result.command)
    targets = [after for before, after in pairwise(given) if before == "--target"]
    return shlex.join(["portal2fa", "restore", *(["--target", *targets] if len(targets) == 1 else [])])


def next_step(result: Result) -> str:
    """What the reader does now, in one sentence: the most urgent thing only."""
    if result.not_restored:
        return f"An account was left changed: `{_restoring(result)}` first, or turn its second factor off by hand."
    if result.interrupted:
        return "Run the same command again: this run was interrupted."
    judged = verdict(result)
    if broken(result) and judged is not Verdict.NOT_CONFORMANT:
        entry = broken(result)[0]
        return f"Bring the baseline up to date. {named(entry)}: {remedy(entry)}."
    if is_partial(result):
        return "Run the command without a filter for a verdict on the whole."
    if judged is Verdict.NOT_CONFORMANT:
        failed = (row for row in binding_rows(result) if row.outcome is Outcome.FAILED and not row.accepted)
        first = next(failed).clause.id
        how = f"`portal2fa explain {first}` says how to fix it"
        return f"Start with clause {first}, {how}; then repeat the command with `--tags @clause.{first}`."
    return _close_a_gap(result) if judged is Verdict.INCONCLUSIVE else _after_success(result)


def duration(result: Result) -> float:
    """Seconds from start to finish; 0 when either time is missing or unreadable."""
    try:
        return (datetime.fromisoformat(result.finished) - datetime.fromisoformat(result.started)).total_seconds()
    except (ValueError, TypeError):
        return 0.0


def plain(text: str) -> str:
    """`text` with control characters (but newline and tab) made visible, so a portal cannot steer a terminal or XML."""
    return "".join(c if c in "\n\t" or _is_printable(ord(c)) else f"\\x{ord(c):02x}" for c in text)


def _is_printable(code: int) -> bool:
    is_control = code < 0x20 or 0x7F <= code <= 0x9F
    is_not_text = 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
    turns_text_round = code in (0x200E, 0x200F) or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return not (is_control or is_not_text or turns_text_round)


def _after_success(result: Result) -> str:
    if last := min((entry.until for entry in accepted(result)), default=""):
        return f"Mend what is accepted: the first of it only until {last}."
    if differences(result):
        return "Bring the help page and the portal to the same wording where they differ."
    return "Keep result.json: the verdict can be recomputed from it at any time."


def _close_a_gap(result: Result) -> str:
    if result.problems:
        return "Remove the faults of the run that are listed, then run the same command again."
    binding = {row.clause.id for row in binding_rows(result)}
    for gap in gaps(result):
        if binding.intersection(gap.clauses):
            return f"Close this gap first ({WORDS[gap.outcome]}): {gap.reason}"
    return "Select scenarios that cover the binding clauses, then run again."


def _recommendations(result: Result) -> str:
    missed = [r for r in clause_results(result) if r.outcome is Outcome.FAILED and not r.clause.force.is_binding]
    if not missed:
        return ""
    return f" {len(missed)} {_plural(len(missed), 'recommendation')} {_was(len(missed))} not followed."


def _clause_ids(scenarios: Iterable[ScenarioResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for s in scenarios for clause in s.clauses))


def _all_chosen(result: Result) -> str:
    total = len(result.scenarios)
    passed = count(scenario.outcome for scenario in result.scenarios)[Outcome.PASSED]
    if passed < total:
        return f"Of {total} scenarios that were chosen {passed} passed, and the rest is inapplicable"
    return "The scenario that was chosen passed" if total == 1 else f"All {total} scenarios that were chosen passed"


def _all_binding(total: int) -> str:
    return "The one binding clause was" if total == 1 else f"All {total} binding clauses were"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
