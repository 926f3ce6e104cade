"""What one run was asked to do; made by the command, read by the hooks through behave's user data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import Register
from portal2fa.evidence import Recorder
from portal2fa.lanes import Lanes
from portal2fa.profile_files import Target

KEY = "portal2fa.session"
"""The name under which behave's user data holds the session."""


@dataclass(frozen=True, slots=True)
class Session:
    """One run: the target, where the suite lies, the browser, and where findings go."""

    target: Target
    root: Path
    register: Register
    browser: BrowserChoice
    recorder: Recorder
    headed: bool = False
    evidence: str = "journey"
    """Of what pictures are kept: `all`, `journey` (the journeys and every failure), `failures` or `none`."""
    trace: str = "none"
    """Of what traces are made: `all`, `failures` (of a second run of each, for that only) or `none`."""
    lanes: Lanes = field(default_factory=Lanes)
    """Where waits of a scenario let others go on."""
    at_once: int = 1
    """How many scenarios are under way at once, no more than `side_by_side.lanes_on` allows."""
    reached: list[str] = field(default_factory=list)
    """The means that were opened so far, the last one maybe in vain: `accounts`, `mailbox`, `clock`, `portal` …."""
    allowed: frozenset[str] = frozenset()
    """Run classes that were consented to for this target's host, beyond those that need no consent."""

    usernames: frozenset[str] | None = None
    """The accounts of a pool that may be used; None for all of them."""
    times: Mapping[str, float] = field(default_factory=dict)
    """How many seconds scenarios took in an earlier run, by id: the longest begin first where several do."""

    def beside(self, label: str) -> Session:
        """The same run as one of its scenarios has it: with a recorder of its own, whose files are called `label`."""
        return replace(self, recorder=self.recorder.beside(label))

    def for_traces(self) -> Session:
        """The same run for scenarios that are run once more for their traces, and nothing else."""
        return replace(self, recorder=self.recorder.aside(), trace="all", evidence="none")
