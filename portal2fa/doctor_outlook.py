"""What a full run will take, estimated from the scenarios that will run, their tags, and what the examination measured.

Nothing here is measured of the run itself: the numbers say whether to wait at the desk or to come back tomorrow.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal2fa.clauses import ScenarioOutline
from portal2fa.doctor import Outlook
from portal2fa.gates import gate
from portal2fa.profile import Profile
from portal2fa.profile_accounts import most_at_once
from portal2fa.side_by_side import FEW_ACCOUNTS, WAITING, lanes_on

_LANES = 4
"""So many scenarios side by side are proposed at most."""
_LIFETIME = 600.0
"""Seconds that a scenario about the ten minutes of a mailed code lets pass."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the examination measured, in seconds."""

    walk: float = 4.0
    """Signing in, walking to the settings and turning a factor on, without any waiting; a guess until measured."""
    mail: float = 1.0
    """From asking for a code to its mail."""
    measured: bool = False


def outlook(
    profile: Profile,
    rows: Sequence[ScenarioOutline],
    pace: Pace,
    *,
    absent: Mapping[str, str],
    allowed: Collection[str] = (),
) -> Outlook:
    """The estimate for a run of `rows`; `absent` and `allowed` are what `gates.gate` takes."""
    judged = [(row, gate(profile, row.tags, absent=absent, allowed=allowed)) for row in rows]
    running = [row for row, left_out in judged if left_out is None]
    reasons = Counter((left_out[0].value, left_out[1]) for _, left_out in judged if left_out is not None)
    mails = sum(_mails(profile, row) for row in running)
    waits = _waits(profile, running)
    walking = pace.walk * len(running)
    mailing = pace.mail * mails
    pauses = profile.mailbox.settles * sum("needs.mailbox" in row.tags for row in running)
    seconds = walking + mailing + pauses + sum(seconds for seconds, _ in waits)
    return Outlook(
        scenarios=len(running),
        mails=mails,
        seconds=seconds,
        rests_on=(
            f"{len(running)} scenarios at {pace.walk:.1f} s each, {_how(pace)}",
            *(
                [f"{mails} mails at {pace.mail:.1f} s each, counted from the scenarios that need the mailbox"]
                if mails
                else []
            ),
            *(said for seconds, said in waits if seconds),
            _side_by_side(profile),
        ),
        left_out=tuple((word, reason, number) for (word, reason), number in reasons.items()),
    )


def _side_by_side(profile: Profile) -> str:
    """How the run gets shorter, or why it cannot."""
    lanes, why_no_more = lanes_on(profile, _LANES)
    if lanes == 1:
        more = f"; with {_LANES} of them --lanes {_LANES} plays {_LANES} side by side, in less time"
        return f"one scenario at a time: {why_no_more}{more if why_no_more == FEW_ACCOUNTS else ''}"
    return f"one scenario at a time: --lanes {lanes} plays {lanes} side by side, in less time"


def _how(pace: Pace) -> str:
    return (
        "a third of what this examination took for a method with all its codes"
        if pace.measured
        else "a guess: nothing was measured"
    )


def _mails(profile: Profile, row: ScenarioOutline) -> int:
    """Mails that a scenario brings: one for a set-up, one for a sign-in, one for asking anew, one for putting back."""
    if "needs.mailbox" not in row.tags:
        return 0
    signs_in = "signing_in" in row.feature or "needs.clock" in row.tags
    back = profile.accounts.kind == "pool"
    return 1 + signs_in + ("requires.resend" in row.tags) + back


def _waits(profile: Profile, running: Sequence[ScenarioOutline]) -> list[tuple[float, str]]:
    """What has to be waited for really, in seconds, with the words for it."""
    kind = profile.clock.kind
    moved = kind not in ("none", "wait")
    long = sum("needs.clock" in row.tags for row in running)
    turns = math.ceil(long / most_at_once(profile.accounts, WAITING))
    codes = sum("requires.time-based-tokens" in row.tags for row in running)
    again = codes * (2 if profile.accounts.kind == "pool" else 1)
    return [
        (
            turns * _LIFETIME if kind == "wait" else 0.0,
            f"{long} scenarios wait for ten minutes, of which as many overlap as there are accounts",
        ),
        (
            again * profile.timing.period / 2 if not moved else 0.0,
            f"{again} times the next code of the app is waited for, half a time step each: clock.kind is '{kind}'",
        ),
        (
            profile.wrong_code.seconds * sum(row.run_class == "active" for row in running) if not moved else 0.0,
            f"{profile.wrong_code.seconds:g} s after each wrong code, as wrong_code.seconds says",
        ),
    ]


def in_words(found: Outlook) -> str:
    """The estimate in one sentence."""
    minutes = max(1, round(found.seconds / 60))
    time = f"{minutes} minute{'' if minutes == 1 else 's'}"
    if minutes >= 90:
        time = f"{minutes / 60:.1f} hours"
    mails = f"{found.mails} mail{'' if found.mails == 1 else 's'}"
    return f"A full run will play {found.scenarios} scenarios, bring about {mails}, and take about {time}."
