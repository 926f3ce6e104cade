"""The best verdict that a run can come to: what the gates leave out decides already whether a yes is in reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from portal2fa.clauses import ScenarioOutline
from portal2fa.doctor import InTheWay, Outlook
from portal2fa.gates import gate
from portal2fa.outcomes import Clause, ExitCode, Outcome, Verdict, roll_up
from portal2fa.profile import Profile

_FILTER = "the filter leaves scenarios of clauses out, and a part cannot prove the whole"


def with_best(
    outlook: Outlook,
    profile: Profile,
    rows: Sequence[ScenarioOutline],
    *,
    everything: Iterable[ScenarioOutline],
    clauses: Iterable[Clause],
    absent: Mapping[str, str],
    allowed: Collection[str] = (),
) -> Outlook:
    """The outlook with what a run of `rows` says at best: where each scenario that is not left out passes.

    `everything` are all scenarios that there are; `absent` and `allowed` are what `gates.gate` takes.
    """
    judged = [(row, gate(profile, row.tags, absent=absent, allowed=allowed) or (Outcome.PASSED, "")) for row in rows]
    open_: dict[tuple[str, str], list[str]] = {}
    for clause in (clause for clause in clauses if clause.force.is_binding):
        found = [why for row, why in judged if clause.id in row.clauses]
        outcome = roll_up(outcome for outcome, _ in found)
        for reason in dict.fromkeys(reason for word, reason in found if word is outcome and reason):
            open_.setdefault((outcome.value, reason), []).append(clause.id)
    if {row.id for row in everything if row.clauses} - {row.id for row in rows}:
        open_[Outcome.UNTESTED.value, _FILTER] = []
    return replace(
        outlook,
        best=Verdict.INCONCLUSIVE if open_ else Verdict.CONFORMANT,
        in_the_way=tuple(InTheWay(word, reason, tuple(ids)) for (word, reason), ids in open_.items()),
    )


def in_words(outlook: Outlook) -> str:
    """What a run says at best, in a sentence or two; empty where that is not known."""
    if outlook.best is None:
        return ""
    if not outlook.in_the_way:
        return "At best the run says conformant: nothing is missing that a binding clause asks for."
    code = int(ExitCode.INCONCLUSIVE)
    return f"At best the run says {outlook.best.value}, exit code {code}; conformant is out of reach, because of this:"


def line(one: InTheWay) -> str:
    """One thing that keeps the run from a yes, with the clauses that it leaves open."""
    clauses = f" ({', '.join(one.clauses)})" if one.clauses else ""
    return f"{one.word}: {one.reason}{clauses}"
