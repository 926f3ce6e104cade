"""Accepted findings: failures and documentation deviations that somebody answers for, each until a date.

    Acceptance    one finding by clause and scenario, with its message pinned, a reason and a last day
    Standing      what a run made of it: still accepted, or why it no longer holds
    normalised    a message without what differs from run to run: times, codes, ports, addresses

An entry excuses what it pins and nothing else: another message, a date that has passed and a finding that is gone each
fail the run, so that nothing stays accepted because it was forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be accepted; what nobody could tell or tried cannot."""

    FAILURE = "failure"
    DEVIATION = "deviation"


class Standing(StrEnum):
    """What a run made of an entry."""

    ACCEPTED = "accepted"
    """It was found again, with the pinned message, in time."""
    STALE = "stale"
    """It was not found any more."""
    EXPIRED = "expired"
    """Its last day has passed."""
    CHANGED = "changed"
    """It was found with another message."""
    OPEN = "not decided"
    """The run could not tell whether it is still there."""
    OUTSIDE = "not selected"
    """The run's filter left it out."""

    @property
    def fails(self) -> bool:
        """Whether a run with such an entry fails."""
        return self in (Standing.STALE, Standing.EXPIRED, Standing.CHANGED)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One accepted finding; `until` is the last day, ISO 8601; `control` names what deviates."""

    kind: Kind
    clause: str
    scenario: str
    """The scenario that fails; for a deviation, one that meets it."""
    message: str
    reason: str
    until: str
    control: str = ""
    standing: Standing = Standing.OPEN
    seen: str = ""
    """The message of this run, where it is another one."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings that a run was given: the file's name, the SHA-256 of its text, and the entries."""

    file: str
    digest: str
    entries: tuple[Acceptance, ...]

    def accepts(self, scenario: str, clause: str) -> bool:
        """Whether the failure of `scenario` is accepted for `clause`."""
        return any(
            (entry.kind, entry.scenario, entry.clause, entry.standing)
            == (Kind.FAILURE, scenario, clause, Standing.ACCEPTED)
            for entry in self.entries
        )

    @property
    def accepted(self) -> tuple[Acceptance, ...]:
        """The entries that hold."""
        return tuple(entry for entry in self.entries if entry.standing is Standing.ACCEPTED)

    @property
    def broken(self) -> tuple[Acceptance, ...]:
        """The entries that fail the run."""
        return tuple(entry for entry in self.entries if entry.standing.fails)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DIFFERS = (
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*", "<address>"),
    (r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?", "<time>"),
    (
        rf"\b\d{{1,2}}\.? {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b|\b\d{{1,2}}([./])\d{{1,2}}\1\d{{2,4}}\b",
        "<time>",
    ),
    (r"(//[^\s/:]+|\blocalhost|\b\d{1,3}(?:\.\d{1,3}){3}|\]):\d{1,5}\b", r"\1:<port>"),
    (r"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m\b)?", "<time>"),
    (r"\b\d+(?:\.\d+)? ?(?:ms|milliseconds?)\b|\b\d+\.\d+ ?(?:s|seconds?)\b", "<seconds>"),
    (r"(?i)\b(in|for|after|within|wait|another|next) \d+ ?(?:s|sec|seconds?)\b", r"\1 <seconds>"),
    (r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b", "<code>"),
    (r"\b(?=[\w-]*\d)[A-Za-z0-9]{4,}(?:-[A-Za-z0-9]{4,}){1,}\b", "<code>"),
    (r"\b(?=\w*\d\w*\d)\w{8,}\b", "<code>"),
    (r"\b\d{3}[ -]\d{3}\b|\b\d{4,}\b", "<code>"),
)
"""What differs from run to run, most specific first, and what stands for it."""


def normalised(message: str) -> str:
    """`message` on one line, without what differs from run to run; lengths of time are kept to the minute."""
    text = re.sub(r"\b(\d+) min (\d+) s\b|(?<![\d.])(\d+) s\b", _to_the_minute, " ".join(message.split()))
    for pattern, stands_for in _DIFFERS:
        text = re.sub(pattern, stands_for, text)
    return text


def _to_the_minute(found: re.Match[str]) -> str:
    """A measured length of time, which varies by seconds where the portal's clock is waited for."""
    minutes, seconds, alone = found.groups()
    if alone:
        return "less than a minute" if int(alone) < 30 else f"{(int(alone) + 30) // 60} min"
    return f"{int(minutes) + (int(seconds) + 30) // 60} min"
