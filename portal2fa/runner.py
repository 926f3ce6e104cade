"""Runs behave in this process and turns what it did into a `Result`.

behave runs the steps; everything that a verdict needs and behave's own reports lose (Rules, reasons, the difference
between a refusal by the portal and a fault on the way) is taken from its model here:

    a Then that raised NotAsExpected         failed
    anything else that raised                cantTell
    left out by the gate in the hooks        inapplicable or untested, with the reason
    never reached                            untested
"""

from __future__ import annotations

import contextlib
import copy
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from behave.configuration import Configuration
from behave.model import Scenario, Step
from behave.model_type import FileLocation
from behave.runner import Context, Runner
from behave.step_registry import registry

import portal2fa
from portal2fa import clock
from portal2fa.clauses import ScenarioOutline, read_features, suite_digest
from portal2fa.errors import CLOSED, CannotTell, Portal2faError
from portal2fa.evidence import Notes, Recorder, blocked_words
from portal2fa.expectation import NotAsExpected
from portal2fa.interrupting import kindly
from portal2fa.lanes import Job
from portal2fa.outcomes import Evidence, Outcome, Result, ScenarioResult, StepResult, TargetFacts
from portal2fa.profile_accounts import most_at_once
from portal2fa.selection import Selection
from portal2fa.session import KEY, Session
from portal2fa.witnesses import RestsOn, settled

Progress = Callable[[ScenarioResult], None]


def run(session: Session, selection: Selection, *, command: str, progress: Progress) -> Result:
    """Run the selected scenarios on the session's target; raises what kept the run from starting."""
    started = clock.now()
    runner = _Runner(session, selection, progress)
    # Standard output is for the result; behave prints remarks there.
    with contextlib.redirect_stdout(sys.stderr), kindly(runner.stop):
        runner.run()
    recorder = session.recorder
    seen = recorder.findings.seen
    done = {result.id: settled(result, runner.rests_on[result.id], seen) for result in runner.results}
    return Result(
        target=_facts(session),
        tool_version=portal2fa.__version__,
        suite_digest=suite_digest(session.root),
        browser=recorder.findings.browser,
        started=started,
        finished=clock.now(),
        command=command,
        selection=selection.words,
        clauses=session.register.clauses,
        features=read_features(session.root / "features"),
        scenarios=tuple(done.get(row.id) or _never_reached(row) for row in selection.scenarios),
        not_restored=tuple(recorder.findings.not_restored),
        interrupted=runner.interrupted,
        problems=tuple(runner.problems),
    )


def _facts(session: Session) -> TargetFacts:
    profile = session.target.profile
    inside = session.target.path.is_relative_to(session.root)
    return TargetFacts(
        name=profile.name,
        title=profile.title,
        url=session.recorder.findings.url,
        profile=str(session.target.path.relative_to(session.root) if inside else session.target.path.name),
        profile_digest=session.target.digest,
        capabilities=profile.capabilities.model_dump(),
        means=profile.means,
        notes=_notes(session.recorder),
    )


def _notes(recorder: Recorder) -> tuple[str, ...]:
    """What the report has to say of the run as a whole."""
    blocked = recorder.masked(blocked_words(recorder.findings.blocked))
    return (*recorder.findings.remarks, *([blocked] if blocked else []))


def _never_reached(row: ScenarioOutline) -> ScenarioResult:
    return _result(row, Outcome.UNTESTED, reason="the run ended before this scenario")


def _result(row: ScenarioOutline, outcome: Outcome, **more: Any) -> ScenarioResult:
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


_SIDE_BY_SIDE = 8
"""As many scenarios wait side by side at most."""


class _Runner(Runner):  # type: ignore[misc]
    """behave's runner with our session in its user data, collecting a `ScenarioResult` after every scenario."""

    def __init__(self, session: Session, selection: Selection, progress: Progress) -> None:
        features = session.root / "features"
        self._rows = {(str(features / row.feature), row.line): row for row in selection.scenarios}
        self._session = session
        self._recorder = session.recorder
        self._progress = progress
        self._stopped = False
        self.results: list[ScenarioResult] = []
        self.rests_on: dict[str, RestsOn] = {}
        self.problems: list[str] = []
        config = Configuration(
            ["--no-summary", "--no-color", "--no-capture", "--no-capture-hooks", "--format", "null"], load_config=False
        )
        config.paths = [str(features)]
        config.environment_file = "environment.py"
        config.userdata[KEY] = session
        config.reporters = []
        super().__init__(config)

    @property
    def interrupted(self) -> bool:
        """Whether a person stopped the run."""
        return self._stopped or bool(self.aborted)

    def stop(self) -> None:
        """Run no further scenario."""
        self._stopped = True
        self._session.lanes.stop()
        if self.context is not None:
            self.aborted = True

    def run_model(self, features: Any = None) -> bool:
        """Run the scenarios: behave's own way, or in lanes where long waits have to be waited out."""
        if self._session.target.profile.clock.kind != "wait":
            return bool(super().run_model(features))
        self.hook_failures, self.step_registry = 0, registry
        self.run_hook("before_all")
        self._session.lanes.carry(self._recorder.remember)
        most = most_at_once(self._session.target.profile.accounts, _SIDE_BY_SIDE)
        try:
            self._session.lanes.run([*self._jobs(self.features)], most)
        except KeyboardInterrupt:
            self.abort(reason="KeyboardInterrupt")
        self.run_hook("after_all")
        return False

    def _jobs(self, features: Any) -> Iterator[Job]:
        for feature in features:
            for scenario in feature.walk_scenarios():
                if self._row(scenario) is not None:
                    tags = scenario.effective_tags
                    yield Job(partial(self._alone, scenario), "needs.clock" in tags, "needs.two-accounts" in tags)

    def _alone(self, scenario: Scenario) -> None:
        """Run one scenario with a context of its own: behave's is a stack, and others run meanwhile."""
        lane = copy.copy(self)
        lane.context = Context(lane)
        with lane.context.use_with_user_mode():
            lane.context.session, lane.context.world = self.context.session, self.context.world
        scenario.run(lane)

    def feature_locations(self) -> list[FileLocation]:
        """The selected scenarios, by file and line, instead of a search through the folder."""
        return [FileLocation(path, line) for path, line in self._rows]

    def run_hook(self, name: str, *args: Any) -> Any:
        """Run a hook, then read the scenario that just ended.

        What breaks before the first scenario ends the run, instead of being printed by behave; what breaks after
        the last one is a problem of the run.
        """
        if name == "before_all" and self.should_run_hook(name):
            with self.context.use_with_user_mode():
                self.hooks[name](self.context)
            return True
        passed = super().run_hook(name, *args)
        if name == "after_scenario":
            self._collect(args[0])
        if name == "after_all" and not passed:
            self.problems.append("what the run had started could not be ended properly")
        return passed

    def _row(self, scenario: Scenario) -> ScenarioOutline | None:
        """The selected scenario that behave means."""
        location = scenario.location
        paths = (str(Path(location.filename).resolve()), str(location.filename))
        return next((row for path in paths if (row := self._rows.get((path, location.line)))), None)

    def _collect(self, scenario: Scenario) -> None:
        row = self._row(scenario)
        if row is None:
            self.problems.append(f"{scenario.location} ran although it was not selected")
            return
        result, rests_on = judge(row, scenario, self._recorder)
        self.rests_on[result.id] = rests_on
        result = settled(result, rests_on, self._recorder.findings.seen)
        self.results.append(result)
        self._progress(result)


def judge(row: ScenarioOutline, scenario: Scenario, recorder: Recorder) -> tuple[ScenarioResult, RestsOn]:
    """The result of a scenario that behave has finished with, and which entries of the profile it rests on."""
    notes = recorder.collect()
    steps = tuple(_step(step, recorder.masked) for step in scenario.all_steps)
    outcome, more = _outcome(scenario, notes, recorder.masked)
    broken = next((step.exception for step in scenario.all_steps if step.status.has_failed()), None)
    missing = broken.missing if isinstance(broken, NotAsExpected) and outcome is Outcome.FAILED else ()
    result = _result(
        row,
        outcome,
        seconds=round(sum(step.seconds for step in steps), 3),
        steps=steps,
        evidence=tuple([*notes.evidence, *_by_hand(notes, outcome)]),
        deviations=tuple(notes.deviations),
        **more,
    )
    return result, RestsOn(outcome, missing, frozenset(notes.absent), more.get("reason", ""))


def _by_hand(notes: Notes, outcome: Outcome) -> list[Evidence]:
    """The way to see the same without this tool, where there is something to see."""
    if outcome not in (Outcome.FAILED, Outcome.CANT_TELL) or not notes.trail:
        return []
    return [Evidence(kind="text", title="to see it by hand", text="\n".join(notes.trail))]


def _outcome(scenario: Scenario, notes: Notes, masked: Callable[[str], str]) -> tuple[Outcome, Mapping[str, str]]:
    if notes.left_out:
        return notes.left_out[0], {"reason": notes.left_out[1]}
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
