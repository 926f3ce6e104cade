"""What a wrong code does to a set-up and to a sign-in, as a profile says it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portal2fa.profile_entry import Entry

_GoesOn = Literal["stays", "ends"]


class OfMethod(Entry):
    """What a wrong code of one method does, where the methods differ."""

    set_up: _GoesOn | None = None
    """Like `wrong_code.set_up`, for this method alone."""
    challenge: _GoesOn | None = None
    """Like `wrong_code.challenge`, for this method alone."""


class WrongCode(Entry):
    """What a wrong code does: to right ones after it, to what was begun, and to the account."""

    seconds: float = Field(default=0.0, ge=0, le=60)
    """How long the portal refuses even a right code after a wrong one, up to 60; really waited out."""
    set_up: _GoesOn = "stays"
    """`ends` if a set-up has to be begun again after a wrong code, with a new secret or a new mail."""
    challenge: _GoesOn = "stays"
    """`ends` if sign-in has to be begun again after a wrong code."""
    locks_at: int = Field(default=5, ge=3, le=100)
    """At which refused code or password in a row the portal locks an account, 3 to 100: a run stays below; of more
    than 5 it makes no use.
    """
    time_based: OfMethod = OfMethod()
    """What is different for time-based tokens."""
    email: OfMethod = OfMethod()
    """What is different for mailed codes."""

    def ends(self, method: str, *, setting_up: bool) -> bool:
        """Whether a wrong code of `method` ends its set-up, or else the challenge of a sign-in."""
        own: OfMethod = getattr(self, method)
        if setting_up:
            return (own.set_up or self.set_up) == "ends"
        return (own.challenge or self.challenge) == "ends"

    def entry(self, method: str, *, setting_up: bool) -> str:
        """The key path of what says so: `wrong_code.challenge`, or that of the method where it has one of its own."""
        what = "set_up" if setting_up else "challenge"
        own = getattr(getattr(self, method), what) is not None
        return f"wrong_code.{method}.{what}" if own else f"wrong_code.{what}"
