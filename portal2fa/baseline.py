"""Accepted findings: failures and documentation deviations that somebody answers for, each until a date.

    Acceptance    one finding by clause and scenario, with its message pinned, a reason and a last day
    Standing      what a run made of it: still accepted, or why it no longer holds
    normalised    a message without what differs from run to run: moments, codes, ports, addresses

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
_COUNTED = r"(?! ?(?:ms|s|sec|min|h|d|seconds?|minutes?|hours?|days?|bits?|bytes?|characters?|digits?|times?|%)\b)"
"""Not before a unit: a number of something is no code."""
_DIFFERS = (
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*", "<address>"),
    (r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?", "<time>"),
    (
        rf"\b\d{{1,2}}\.? {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b|\b\d{{1,2}}([./])\d{{1,2}}\1\d{{2,4}}\b",
        "<time>",
    ),
    (r"(\blocalhost|\b127(?:\.\d{1,3}){3}|\[::1\]):\d{1,5}\b", r"\1:<port>"),  # of a portal that the run started
    (r"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m\b)?", "<time>"),
    (r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b", "<code>"),  # a UUID
    (r"(?<![\w-])(?=[A-Z-]*\d)[A-Z0-9]{4,}(?:-[A-Z0-9]{4,})+(?![\w-])", "<code>"),
    (r"(?<![\w-])(?=[a-f-]*\d)[0-9a-f]{4,}(?:-[0-9a-f]{4,})+(?![\w-])", "<code>"),
    (r"(?i)\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,}\b", "<code>"),  # of a session
    (r"\b(?=[A-Z]*[2-7])[A-Z2-7]{16,}\b|\b(?=[A-Za-z_]*\d[A-Za-z_]*\d)\w{24,}\b", "<code>"),  # a key, a token
    (rf"\b\d{{3}}[ -]\d{{3}}\b{_COUNTED}|\b\d{{6,10}}\b{_COUNTED}", "<code>"),
)
"""What differs from run to run on a portal that stays the same, most specific first, and what stands for it."""
_COUNT_DOWN = re.compile(
    r"\b((?:try|retry|again|wait|resend|another|next)\b[^.;\d]*)(\d+) ?(?:s|sec|seconds?)\b", re.IGNORECASE
)
"""How long a portal still wants to be waited for, which depends on the moment of asking."""
_SPAN = re.compile(r"(?<![\d.:])(?:(\d+) h(?: (\d+) min)?(?: (\d+) s)?|(\d+) min(?: (\d+) s)?|(\d+) s)\b")
"""A length of time that was measured, in the words of `steps.tasks.ageing.span`."""


def normalised(message: str) -> str:
    """`message` on one line, without what differs from run to run on a portal that stays the same.

    That are moments, codes, mail addresses and the ports of portals that the run starts.  All other numbers count.
    """
    text = " ".join(message.split())
    for pattern, stands_for in _DIFFERS:
        text = re.sub(pattern, stands_for, text)
    return text


def to_the_minute(message: str) -> str:
    """`message` with lengths of time to the minute: measured ones vary by seconds where a clock goes on meanwhile."""
    return _SPAN.sub(_nearest, _COUNT_DOWN.sub(_at_most, message))


def _at_most(found: re.Match[str]) -> str:
    return f"{found[1]}up to {-(-int(found[2]) // 60)} min"


def _nearest(found: re.Match[str]) -> str:
    hours, minutes, seconds, minutes_only, seconds_beside, alone = (int(part or 0) for part in found.groups())
    whole = 3600 * hours + 60 * (minutes + minutes_only) + seconds + seconds_beside + alone
    return f"{(whole + 30) // 60} min" if whole >= 30 else "less than a minute"
