"""Runs behave in this process and collects what it did in a `Result`."""

from __future__ import annotations

import contextlib
import copy
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from behave.configuration import Configuration
from behave.model import Scenario
from behave.model_type import FileLocation
from behave.runner import Context, Runner
from behave.runner_util import parse_features
from behave.step_registry import registry

import portal2fa
from portal2fa import clock, profile_coverage, tracing
from portal2fa.clauses import ScenarioOutline, read_features, suite_digest
from portal2fa.errors import Portal2faError
from portal2fa.evidence import Recorder, blocked_words
from portal2fa.interrupting import ONE, SEVERAL, kindly
from portal2fa.judging import judge, result_of
from portal2fa.lanes import Job
from portal2fa.order import longest_first
from portal2fa.outcomes import Outcome, Result, ScenarioResult, TargetFacts
from portal2fa.selection import Selection
from portal2fa.session import KEY, Session
from portal2fa.side_by_side import waiting_on
from portal2fa.witnesses import settled

Progress = Callable[[ScenarioResult], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a selection on a session's target; all else that was found is in the session's recorder."""

    results: Sequence[ScenarioResult]
    """Those of the scenarios that were reached, in any order."""
    interrupted: bool
    problems: tuple[str, ...]


def run(session: Session, selection: Selection, *, command: str, progress: Progress) -> Result:
    """Run the selected scenarios on the session's target; raises what kept the run from starting."""
    started = clock.now()
    runner = SuiteRunner(session, selection, progress)
    stopping = SEVERAL if session.at_once > 1 else ONE
    # Standard output is for the result; behave prints remarks there.
    with contextlib.redirect_stdout(sys.stderr), kindly(runner.stop, stopping):
        runner.run()
    ran = Ran(runner.results, runner.interrupted, tuple(runner.problems))
    return whole(session, selection, ran, started=started, command=command)


def whole(session: Session, selection: Selection, ran: Ran, *, started: str, command: str) -> Result:
    """The result of a run that has ended now: what it came to in the light of all that it has seen."""
    findings = session.recorder.findings
    done = {result.id: settled(result, findings.seen) for result in ran.results}
    return Result(
        target=_facts(session),
        tool_version=portal2fa.__version__,
        suite_digest=suite_digest(session.root),
        browser=findings.browser,
        started=started,
        finished=clock.now(),
        command=session.browser.told(command),
        selection=selection.words,
        clauses=session.register.clauses,
        features=read_features(session.root / "features"),
        scenarios=tuple(done.get(row.id) or _never_reached(row) for row in selection.scenarios),
        not_restored=tuple(findings.not_restored),
        interrupted=ran.interrupted,
        problems=tuple(map(session.recorder.masked, ran.problems)),
        seen=tuple(sorted(findings.seen)),
        shard=selection.shard,
        norms=session.register.norms,
        every_clause=selection.every_clause,
        profile_entries=profile_coverage.entries(session.target, session.root, findings.used),
    )


def _facts(session: Session) -> TargetFacts:
    profile = session.target.profile
    return TargetFacts(
        name=profile.name,
        title=profile.title,
        url=session.recorder.findings.url,
        profile=profile_coverage.known_as(session.target.path, session.root),
        profile_digest=session.target.digest,
        capabilities=profile.capabilities.model_dump(),
        means=profile.means,
        notes=_notes(session.recorder),
        files=profile_coverage.files(session.target, session.root),
        started=profile.start is not None,
    )


def _notes(recorder: Recorder) -> tuple[str, ...]:
    """What the report has to say of the run as a whole."""
    told = [*recorder.findings.remarks, blocked_words(recorder.findings.blocked)]
    return tuple(recorder.masked(words) for words in told if words)


def _never_reached(row: ScenarioOutline) -> ScenarioResult:
    return result_of(row, Outcome.UNTESTED, reason="the run ended before this scenario")


class SuiteRunner(Runner):  # type: ignore[misc]
    """behave's runner with our session in its user data, collecting a `ScenarioResult` after every scenario."""

    def __init__(self, session: Session, selection: Selection, progress: Progress) -> None:
        features = session.root / "features"
        self._rows = {(str(features / row.feature), row.line): row for row in selection.scenarios}
        self._session = session
        self._progress = progress
        self.results: list[ScenarioResult] = []
        self._ended: list[tuple[ScenarioResult, Recorder]] = []
        """What the scenario of this lane came to."""
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
        return self._session.lanes.stopped

    def stop(self) -> None:
        """Run no further scenario."""
        self._session.lanes.stop()

    def abort(self, reason: str | None = None) -> None:
        """Stop at once where behave wants to abort, after an interrupt in the middle of something; without its remark.

        It was one scenario that the interrupt met, and it means all.
        """
        self.stop()
        self._session.lanes.break_off()

    def run_model(self, features: Any = None) -> bool:
        """Run the scenarios in lanes, in the place of behave's own loop over features."""
        self.hook_failures, self.step_registry = 0, registry
        self.run_hook("before_all")
        at_once = self._session.at_once
        try:
            self._play_all(at_once, waiting_on(self._session.target.profile, at_once))
        except KeyboardInterrupt:
            self.stop()
        finally:
            self.run_hook("after_all")
        return False

    def _play_all(self, at_once: int, most: int) -> None:
        """Run what was selected, `at_once` at a time and up to `most` with those in a long wait."""
        scenarios = self._scenarios()
        rows = [row for row in self._rows.values() if row.id in scenarios]
        if at_once > 1:
            rows = longest_first(rows, self._session.times)
        self._session.lanes.run([self._job(scenarios[row.id]) for row in rows], at_once, most)

    def _scenarios(self) -> dict[str, Scenario]:
        """What was selected, as behave has it, by the ids of the rows."""
        found = (scenario for feature in self.features for scenario in feature.walk_scenarios())
        return {row.id: scenario for scenario in found if (row := self._row(scenario)) is not None}

    def _job(self, scenario: Scenario) -> Job:
        tags = scenario.effective_tags
        waits = self._session.target.profile.clock.kind == "wait"
        return Job(partial(self._alone, scenario), waits and "needs.clock" in tags, "needs.two-accounts" in tags)

    def _alone(self, scenario: Scenario) -> None:
        """Run one scenario with a context of its own: behave's is a stack, and others run meanwhile."""
        lane = self._lane(self.context.session, self.context.world)
        try:
            scenario.run(lane)
            lane._ended = [(self._looked_at(result), recorder) for result, recorder in lane._ended]
        finally:
            for result, recorder in lane._ended:
                self._keep(result, recorder)

    def _looked_at(self, result: ScenarioResult) -> ScenarioResult:
        """The result with traces of a second run, where they are wanted."""
        session = self.context.session
        if not tracing.is_wanted(session, result):
            return result
        lane = self._lane(session.for_traces(), self.context.world)
        self._model(next(row for row in self._rows.values() if row.id == result.id)).run(lane)
        if session.lanes.stopped:
            return result
        return tracing.with_traces(result, lane._ended[0][0])

    def _model(self, row: ScenarioOutline) -> Scenario:
        """A scenario as behave has it, and nobody else: one that was run knows what came of it."""
        place = FileLocation(str(self._session.root / "features" / row.feature), row.line)
        scenarios = (scenario for feature in parse_features([place]) for scenario in feature.walk_scenarios())
        return next(scenario for scenario in scenarios if self._row(scenario) is row)

    def _lane(self, session: Session, world: Any) -> Self:
        """A runner for one scenario, with a context of its own."""
        lane = copy.copy(self)
        lane.context, lane._ended = Context(lane), []
        with lane.context.use_with_user_mode():
            lane.context.session, lane.context.world = session, world
        return lane

    def setup_paths(self) -> None:
        """Take the suite's root as it is known: behave would look for features in every folder below it first."""
        root = str(self._session.root)
        self.config.base_dir = self.base_dir = root
        self.path_manager.add(root)

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
        if name == "after_all" and self.should_run_hook(name):
            self.hooks[name] = partial(self._end, self.hooks[name])
        passed = super().run_hook(name, *args)
        if name == "after_scenario":
            self._collect(args[0])
        if name == "after_all" and not passed:
            self.problems.append("what the run had started could not be ended properly")
        return passed

    def _end(self, hook: Callable[[Any], None], context: Any) -> None:
        """Run the hook that ends what was started; what can be said of its failure is a problem of the run."""
        try:
            hook(context)
        except Portal2faError as error:
            self.problems.append(str(error))

    def _row(self, scenario: Scenario) -> ScenarioOutline | None:
        """The selected scenario that behave means."""
        location = scenario.location
        paths = (str(Path(location.filename).resolve()), str(location.filename))
        return next((row for path in paths if (row := self._rows.get((path, location.line)))), None)

    def _collect(self, scenario: Scenario) -> None:
        row = self._row(scenario)
        assert row is not None, "only what is selected is run"
        recorder = self.context.session.recorder
        self._ended.append((judge(row, scenario, recorder), recorder))

    def _keep(self, result: ScenarioResult, recorder: Recorder) -> None:
        """A scenario has ended."""
        result = settled(result, recorder.findings.seen)
        self.results.append(result)
        self._progress(result)
