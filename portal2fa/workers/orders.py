"""What a worker is told of the run, and what it hands back; all of it can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import load_register
from portal2fa.errors import EnvironmentProblem
from portal2fa.evidence import Findings, Recorder
from portal2fa.outcomes import ScenarioResult
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import Selection
from portal2fa.session import Session
from portal2fa.workers.elsewhere import Elsewhere


@dataclass(frozen=True, slots=True)
class Orders:
    """One worker's part of a run: the same for all scenarios that it is given.

    A worker on another machine has a suite, files and a browser of its own: what it needs to know is in `elsewhere`,
    and counts instead of `root`, `given` and `browser`.
    """

    root: Path
    given: str
    """The profile's file or the portal's address, as the target has it."""
    locale: str
    digest: str
    """The digest of the profile as the run knows it."""
    selection: Selection
    """All scenarios of the run: whatever the worker is given is one of them."""
    browser: BrowserChoice
    headed: bool
    evidence: str
    trace: str
    at_once: int
    allowed: frozenset[str]
    usernames: frozenset[str] | None
    """The accounts of a pool that are this worker's."""
    label: str
    """How the names of files of evidence begin."""
    elsewhere: Elsewhere | None = None

    @classmethod
    def of(
        cls, session: Session, selection: Selection, usernames: frozenset[str] | None, *, elsewhere: bool = False
    ) -> Orders:
        """The part of a worker in the run that `session` stands for; whether it may be on another machine."""
        return cls(
            root=session.root,
            given=session.target.given,
            locale=session.target.locale,
            digest=session.target.digest,
            selection=selection,
            browser=session.browser,
            headed=session.headed,
            evidence=session.evidence,
            trace=session.trace,
            at_once=session.at_once,
            allowed=session.allowed,
            usernames=usernames,
            label=session.recorder.label,
            elsewhere=Elsewhere.of(session) if elsewhere else None,
        )

    def session(self, folder: Path) -> Session:
        """The session of the worker, whose files are made below `folder`; raises where it would not be that run."""
        here = self.elsewhere
        target = load_target(here.given(folder) if here else self.given, find_root(), locale=self.locale)
        if target.digest != self.digest:
            cause = "the profile there is another one" if here else "the profile was changed while the run went on"
            raise EnvironmentProblem("A worker would judge by another profile.", cause=cause, hint="run it again")
        return Session(
            target=target,
            root=find_root() if here else self.root,
            register=load_register(find_root() / "features" / "clauses.toml"),
            browser=here.found(self.browser) if here else self.browser,
            recorder=Recorder(folder, label=self.label),
            headed=self.headed,
            evidence=self.evidence,
            trace=self.trace,
            at_once=self.at_once,
            allowed=self.allowed,
            usernames=self.usernames,
        )


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a scenario by itself, with its files, and what its worker has found so far."""

    result: ScenarioResult
    files: dict[str, bytes]
    """By their paths in the report's folder."""
    findings: Findings


@dataclass(frozen=True, slots=True)
class Closed:
    """What a worker says at its end."""

    findings: Findings
    problems: tuple[str, ...]
