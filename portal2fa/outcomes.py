"""What a run found: the values that every report is made from, and the rules that roll them up.

A run is one frozen tree: `Result` holds a list of `ScenarioResult`, each with its steps, evidence
and deviations.  Clauses and the verdict are *computed* from the scenarios, never stored beside them, so a
verdict can always be recomputed from the stored evidence.

Words for outcomes are those of EARL 1.0 (https://www.w3.org/TR/EARL10-Schema/#OutcomeValue).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from portal2fa.baseline import Baseline


class Outcome(StrEnum):
    """One of the five EARL outcome words, ordered by `rank` from best to worst news."""

    PASSED = "passed"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"
    CANT_TELL = "cantTell"
    FAILED = "failed"

    @property
    def rank(self) -> int:
        """Position from 0 (passed) to 4 (failed): of several outcomes the highest rank is the news."""
        return list(Outcome).index(self)


class Verdict(StrEnum):
    """What a whole run says about its target."""

    CONFORMANT = "conformant"
    ACCEPTED = "conformant with accepted findings"
    NOT_CONFORMANT = "not conformant"
    INCONCLUSIVE = "inconclusive"


class ExitCode(IntEnum):
    """The exit status of the command; `docs/verdicts.md` explains each one."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    USAGE = 2
    INCONCLUSIVE = 3
    NOT_RESTORED = 4
    INTERNAL = 5
    BASELINE = 6
    INTERRUPTED = 130


class Force(StrEnum):
    """How strongly a clause binds: written as a fact, implied by the procedure, advice, or information."""

    MUST = "must"
    IMPLIED = "implied"
    SHOULD = "should"
    INFO = "info"

    @property
    def is_binding(self) -> bool:
        """MUST and IMPLIED clauses decide the verdict; SHOULD and info only inform."""
        return self in (Force.MUST, Force.IMPLIED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was seen: a file beside the report, or a short text.

    `kind` is one of `screenshot`, `trace`, `mail`, `text`, `http`; `path` is relative to the report folder, with `/`.
    """

    kind: str
    title: str
    path: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where the portal's wording or path differs from the documented one although the step worked."""

    control: str
    clause: str
    documented: str
    seen: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepResult:
    """One Gherkin step: `status` is `passed`, `failed`, `error` or `skipped`; `seconds` is wall time."""

    keyword: str
    text: str
    status: str
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What the outcome of a scenario rests on; asked again when another run has seen more (`portal2fa.witnesses`)."""

    outcome: Outcome
    """What the scenario came to by itself."""
    missing: tuple[str, ...]
    """Entries of the profile for want of which it failed, or could not be carried to its end."""
    absent: tuple[str, ...]
    """Entries whose absence was taken for good, and ways that were taken, in alphabetical order."""
    reason: str
    """Why the outcome by itself is not `passed`."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario on one target.

    `id` is stable across runs: `path/of/file.feature#scenario-name-as-slug` (plus `-2` … for outline rows).
    `expected` and `seen` are set when a Then failed; `reason` says why an outcome is not `passed`.
    """

    id: str
    name: str
    feature: str
    """Path below `features/`, with `/`: `email_codes/expiry.feature`."""
    line: int
    rule: str
    clauses: tuple[str, ...]
    tags: tuple[str, ...]
    outcome: Outcome
    reason: str = ""
    expected: str = ""
    seen: str = ""
    seconds: float = 0.0
    steps: tuple[StepResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    rests_on: RestsOn | None = None
    """None for a scenario that did not run."""


@dataclass(frozen=True, slots=True)
class RuleProse:
    """A Rule as prose: its sentence and the text below it."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class FeatureProse:
    """A feature file as prose, in the order of the folder: what a reader sees before results."""

    path: str
    chapter: str
    """Human title of the folder: `Email codes`; the empty string for files at the top."""
    name: str
    description: str
    rules: tuple[RuleProse, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One testable statement of the documented procedure, from `features/clauses.toml`."""

    id: str
    paraphrase: str
    force: Force
    chapter: str
    source: str
    means: str = ""
    """What a failure means for the people who run the portal."""
    exclusion: str = ""
    """Why no scenario covers it; only SHOULD and info clauses may be excluded."""
    remedy: str = ""
    """What to change in a portal that fails it."""


@dataclass(frozen=True, slots=True)
class NormSection:
    """One section of a norm, from `features/norms.toml`, in our words."""

    id: str
    """As the tag `@norm.…` has it: `ASVS-6.5.1`."""
    document: str
    """The title of the norm."""
    level: str
    """How strongly it binds, in the words of its document: `L2`, `SHALL`, `AA`."""
    paraphrase: str
    means: str
    """What it means for the people who run the portal where it does not hold."""
    not_observable: str = ""
    """Why nobody outside can see whether it holds."""
    not_looked_at: str = ""
    """Why no scenario looks at it, although it could be seen from outside."""
    policy: str = ""
    """What the documented procedure itself does against it; a finding on the help text, of no portal."""
    remedy: str = ""
    """What to change in a portal where it does not hold."""

    @property
    def unproven(self) -> str:
        """Why no scenario proves it; empty where scenarios do."""
        return self.policy or self.not_observable or self.not_looked_at


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A file that the profile is made of, its path as people know it, and the SHA-256 of its text."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One entry of the profile that points at something of the portal, and whether the run came to it.

    `key` is its key path, `controls.enable` or `paths.sign_in[2]`; `line` counts from 1, and is 0 where the entry
    stands in no file.
    """

    key: str
    file: str
    line: int
    exercised: bool
    """It was found, done, opened or matched at least once; what was only looked for was not."""
    css_only: bool
    """All its locators are CSS, which no person sees."""


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What was tested: names, address, who declared what, and the digests of the profile and of its files."""

    name: str
    title: str
    url: str
    profile: str
    profile_digest: str
    capabilities: dict[str, bool]
    means: dict[str, bool]
    notes: tuple[str, ...] = ()
    files: tuple[ProfileFile, ...] = ()
    """The profile's file first, then what it stands on."""
    started: bool = False
    """The run started it itself, at an address of that run only."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one run found.  `started` and `finished` are ISO 8601 in UTC."""

    target: TargetFacts
    tool_version: str
    suite_digest: str
    browser: str
    started: str
    finished: str
    command: str
    selection: str
    """The filter in words, empty when all scenarios were selected."""
    clauses: tuple[Clause, ...]
    features: tuple[FeatureProse, ...]
    scenarios: tuple[ScenarioResult, ...]
    not_restored: tuple[str, ...] = ()
    """Accounts that could not be put back as they were found."""
    interrupted: bool = False
    problems: tuple[str, ...] = ()
    """Faults of the run itself that belong to no scenario."""
    profile_entries: tuple[ProfileEntry, ...] = ()
    """What of the profile the run could come to, in the order of the profile."""
    baseline: Baseline | None = None
    """The accepted findings that the run was given, and what it made of them."""
    seen: tuple[str, ...] = ()
    """What the run saw of the profile at least once, in alphabetical order: absence counts only for what is in it."""
    shard: str = ""
    """`2/3` where the run was the second of three that share the selection."""
    norms: tuple[NormSection, ...] = ()
    """What norms demand beyond the help text; decides no verdict."""
    every_clause: bool = False
    """The filter left out only scenarios that rest on a norm alone."""


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One clause with its scenarios and their rolled-up outcome.

    `accepted` is true where it failed, all its failures are accepted, and nothing else of it is open.
    """

    clause: Clause
    outcome: Outcome
    scenarios: tuple[ScenarioResult, ...] = field(default=())
    accepted: bool = False


_CLOSED = (Outcome.PASSED, Outcome.INAPPLICABLE)
_UNDECIDED = (Outcome.UNTESTED, Outcome.CANT_TELL)


def roll_up(outcomes: Iterable[Outcome]) -> Outcome:
    """Combine the outcomes of a clause's scenarios: the worst news wins, but some proof outweighs absence.

    A clause with passed and inapplicable scenarios is passed (what the portal offers was seen to hold); all
    inapplicable is inapplicable; none at all is untested.
    """
    found = list(outcomes)
    if not found:
        return Outcome.UNTESTED
    worst = max(found, key=lambda outcome: outcome.rank)
    if worst is Outcome.INAPPLICABLE and Outcome.PASSED in found:
        return Outcome.PASSED
    return worst


def clause_results(result: Result) -> tuple[ClauseResult, ...]:
    """Roll the scenarios of `result` up into its clauses, in register order.

    Accepted failures are set aside first, so that they hide nothing: a clause that is open besides is open.
    """
    rows = []
    for clause in result.clauses:
        scenarios = tuple(s for s in result.scenarios if clause.id in s.clauses)
        others = [s.outcome for s in scenarios if not _is_accepted(result, s, clause.id)]
        accepted = len(others) < len(scenarios) and all(outcome in _CLOSED for outcome in others)
        outcome = Outcome.FAILED if accepted else roll_up(others)
        rows.append(ClauseResult(clause, outcome, scenarios, accepted))
    return tuple(rows)


def norms_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The sections of norms that these tags name."""
    return tuple(tag.removeprefix("norm.") for tag in tags if tag.startswith("norm."))


def is_accepted(result: Result, scenario: ScenarioResult) -> bool:
    """Whether `scenario` failed and is accepted for every clause that it proves."""
    return bool(scenario.clauses) and all(_is_accepted(result, scenario, clause) for clause in scenario.clauses)


def _is_accepted(result: Result, scenario: ScenarioResult, clause: str) -> bool:
    failed = scenario.outcome is Outcome.FAILED
    return failed and result.baseline is not None and result.baseline.accepts(scenario.id, clause)


def verdict(result: Result) -> Verdict:
    """Judge the target: conformant needs every binding clause seen to hold; one refuted clause decides against it.

    What is open, inapplicable, unfinished or left out by a filter prevents a yes without being a no.  Where binding
    clauses are accepted as failing, no scenario of any clause may be open: who excuses a failure has to know the rest.
    What rests on a norm alone has no say.
    """
    binding = [row for row in clause_results(result) if row.clause.force.is_binding]
    accepted = any(row.accepted for row in binding)
    left = [row.outcome for row in binding if not row.accepted]
    if Outcome.FAILED in left:
        return Verdict.NOT_CONFORMANT
    narrowed = bool(result.selection) and not result.every_clause
    partial = result.interrupted or narrowed or any((result.problems, result.shard)) or not binding
    if partial or any(outcome is not Outcome.PASSED for outcome in left):
        return Verdict.INCONCLUSIVE
    if accepted and any(scenario.outcome in _UNDECIDED for scenario in result.scenarios if scenario.clauses):
        return Verdict.INCONCLUSIVE
    return Verdict.ACCEPTED if accepted else Verdict.CONFORMANT


def is_partial(result: Result) -> bool:
    """Whether a filter left scenarios of clauses out, and of those that were chosen none failed or stayed open."""
    narrowed = bool(result.selection) and not result.every_clause
    stale = result.baseline is not None and result.baseline.broken
    upset = any((result.interrupted, result.problems, result.not_restored, result.shard, stale))
    found = {scenario.outcome for scenario in result.scenarios}
    return narrowed and not upset and Outcome.PASSED in found <= {Outcome.PASSED, Outcome.INAPPLICABLE}


def exit_code(result: Result) -> ExitCode:
    """The exit status for `result`; an account left changed outranks an interruption, and that the verdict.

    A baseline that no longer holds outranks every verdict but a no.
    """
    if result.not_restored:
        return ExitCode.NOT_RESTORED
    if result.interrupted:
        return ExitCode.INTERRUPTED
    judged = verdict(result)
    if result.baseline is not None and result.baseline.broken and judged is not Verdict.NOT_CONFORMANT:
        return ExitCode.BASELINE
    return {
        Verdict.CONFORMANT: ExitCode.CONFORMANT,
        Verdict.ACCEPTED: ExitCode.CONFORMANT,
        Verdict.NOT_CONFORMANT: ExitCode.NOT_CONFORMANT,
        Verdict.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
    }[judged]
