"""From what behave did with a scenario to its outcome, with everything that a reader needs to believe it.

behave runs the steps; everything that a verdict needs and behave's own reports lose (Rules, reasons, the difference
between a refusal by the portal and a fault on the way) is taken from its model here:

    a Then that raised NotAsExpected         failed
    anything else that raised                cantTell
    left out by the gate in the hooks        inapplicable or untested, with the reason
    never reached                            untested
    its Then-steps looked at nothing         cantTell, whatever they said
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from behave.model import Scenario, Step

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import CLOSED, CannotTell, Portal2faError
from portal2fa.evidence import Notes, Recorder, blocked_words
from portal2fa.expectation import NotAsExpected
from portal2fa.interrupting import LEFT_CHANGED
from portal2fa.outcomes import Evidence, Outcome, RestsOn, ScenarioResult, StepResult

_VACUOUS = CannotTell(
    "None of the Then-steps looked at anything that came from the portal, so nothing was judged.",
    cause="they read no page, no mail and no answer, nor what an earlier step had read",
    hint="this is a mistake of the suite, not of the portal or the profile: mend these steps",
)
"""What is said of a scenario that would have come to the same on any portal."""


def judge(row: ScenarioOutline, scenario: Scenario, recorder: Recorder) -> ScenarioResult:
    """The result of a scenario that behave has finished with, and which entries of the profile it rests on."""
    notes = recorder.collect()
    steps = tuple(_step(step, recorder.masked) for step in scenario.all_steps)
    outcome, more = _outcome(scenario, notes, recorder.masked)
    broken = next((step.exception for step in scenario.all_steps if step.status.has_failed()), None)
    kind: type[NotAsExpected | CannotTell] = NotAsExpected if outcome is Outcome.FAILED else CannotTell
    missing = broken.missing if isinstance(broken, kind) else ()
    absent = () if isinstance(broken, KeyboardInterrupt) else sorted(notes.absent)
    return result_of(
        row,
        outcome,
        seconds=round(sum(step.seconds for step in steps), 3),
        steps=steps,
        evidence=tuple([*notes.evidence, *_by_hand(notes, outcome)]),
        deviations=tuple(notes.deviations),
        rests_on=RestsOn(outcome, tuple(missing), tuple(absent), more.get("reason", "")),
        **more,
    )


def _by_hand(notes: Notes, outcome: Outcome) -> list[Evidence]:
    """The way to see the same without this tool, where there is something to see."""
    if outcome not in (Outcome.FAILED, Outcome.CANT_TELL) or not notes.trail:
        return []
    return [Evidence(kind="text", title="to see it by hand", text="\n".join(notes.trail))]


def _outcome(scenario: Scenario, notes: Notes, masked: Callable[[str], str]) -> tuple[Outcome, Mapping[str, str]]:
    if notes.left_out:
        return notes.left_out[0], {"reason": notes.left_out[1]}
    outcome, more = _by_steps(scenario, notes, masked)
    if outcome in (Outcome.PASSED, Outcome.FAILED) and notes.looking.vacuous:
        return Outcome.CANT_TELL, {"reason": str(_VACUOUS)}
    return outcome, more


def _by_steps(scenario: Scenario, notes: Notes, masked: Callable[[str], str]) -> tuple[Outcome, Mapping[str, str]]:
    broken = next((step for step in scenario.all_steps if step.status.has_failed()), None)
    if broken is not None:
        outcome, more = _of_broken(broken, masked)
        return outcome, {**more, "reason": _with_blocked(more["reason"], masked(blocked_words(notes.blocked)))}
    if scenario.hook_failed or scenario.status.has_failed():
        return Outcome.CANT_TELL, {"reason": masked(scenario.error_message or "a hook of the suite failed")}
    if scenario.status.name == "passed":
        return Outcome.PASSED, {}
    return Outcome.UNTESTED, {"reason": "the run was interrupted before this scenario"}


def _with_blocked(reason: str, blocked: str) -> str:
    """A reason with what was blocked meanwhile, which may well be behind it."""
    return reason if not blocked or blocked in reason else f"{reason}\n  hint:  {blocked}"


def _of_broken(step: Step, masked: Callable[[str], str]) -> tuple[Outcome, Mapping[str, str]]:
    error = step.exception
    where = f"{step.keyword} {step.name}"
    if isinstance(error, NotAsExpected) and step.step_type == "then":
        reason = masked(f"{where}: expected {error.expected}, saw {error.seen}")
        return Outcome.FAILED, {"reason": reason, "expected": masked(error.expected), "seen": masked(error.seen)}
    if isinstance(error, Portal2faError):
        return Outcome.CANT_TELL, {"reason": masked(f"{where}: {error}")}
    if isinstance(error, KeyboardInterrupt):
        error = CannotTell("The run was stopped in the middle of this scenario.", cause="Ctrl-C", hint=LEFT_CHANGED)
        return Outcome.CANT_TELL, {"reason": masked(f"{where}: {error}")}
    first = str(error or step.error_message or step.status.name).strip().partition("\n")[0]
    if CLOSED in first:
        error = CannotTell(
            "The browser ended in the middle of the scenario.",
            cause=first,
            hint="the next scenario gets a new one; if it ends again, look for memory, or name another with --browser",
        )
        return Outcome.CANT_TELL, {"reason": masked(f"{where}: {error}")}
    return Outcome.CANT_TELL, {"reason": masked(f"{where}: {type(error).__name__}: {first}")}


def _step(step: Step, masked: Callable[[str], str]) -> StepResult:
    status = {"passed": "passed", "failed": "failed", "skipped": "skipped", "untested": "skipped"}.get(
        step.status.name, "error"
    )
    message = str(step.exception) if step.exception is not None else ""
    return StepResult(step.keyword, step.name, status, round(step.duration, 3), masked(message))


def result_of(row: ScenarioOutline, outcome: Outcome, **more: Any) -> ScenarioResult:
    """The result of a scenario; `more` are further fields of it."""
    return ScenarioResult(
        id=row.id,
        name=row.name,
        feature=row.feature,
        line=row.line,
        rule=row.rule,
        clauses=row.clauses,
        tags=row.tags,
        outcome=outcome,
        **more,
    )
