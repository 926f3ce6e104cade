"""How many codes and passwords an account may have refused in a row: the one place that keeps portals from locking it.

Common lock-outs begin at five.  After three refusals no wrong one is given any more, and after four no right one
either: whatever is wrong, the next might lock the account.  For a portal that locks earlier, `wrong_code.locks_at` has
it.  Codes and passwords are counted apart, because a right password before each wrong code ends no row of wrong codes.

What was typed counts as refused until the portal is seen to have taken it: an answer that the profile does not know may
be a refusal.  The journal keeps the rows of an account that has to be put back, so that nobody begins anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

from fixtures.actor import Actor
from portal2fa import clock
from portal2fa.errors import CannotTell

WRONG = 3
"""How many may be refused in a row before no wrong one is given, also where the portal would take more."""
_LASTS = 3600.0
"""Seconds for which a row of an earlier run counts: common locks and what they count end before that."""


class Given:
    """A code or password (`what`) on its way, for a path of the profile: found when the path comes to it, and counted.

    It counts as refused from then on, until `taken` or `not_looked_at` says otherwise; that it was `refused` for
    certain counts for other accounts as well.
    """

    def __init__(self, actor: Actor, what: str, find: Callable[[], str]) -> None:
        """Nothing is found or counted yet."""
        self._actor, self._what, self._find = actor, what, find
        self._found: str | None = None

    def __call__(self) -> str:
        """The code or password, the same however often it is typed."""
        if self._found is None:
            self._found = self._find()
            _set(self._actor, self._what, _so_far(self._actor, self._what) + 1)
        return self._found

    @property
    def was_typed(self) -> bool:
        """Whether the path came to it."""
        return self._found is not None

    def taken(self) -> None:
        """The portal accepted it."""
        if self.was_typed:
            count(self._actor, self._what, accepted=True)

    def refused(self) -> None:
        """The portal was seen to refuse it."""
        if self.was_typed:
            _note_refusal(self._actor, self._what)

    def not_looked_at(self) -> None:
        """The portal did not judge it, as in a pause."""
        if self.was_typed:
            _set(self._actor, self._what, _so_far(self._actor, self._what) - 1)


def keep(actor: Actor, what: str, *, wrong: bool) -> None:
    """Give no further code or password (`what`) to an account that refused several in a row; raises `CannotTell`."""
    count = _so_far(actor, what)
    if count >= (most_wrong(actor) if wrong else _most(actor)):
        raise CannotTell(
            f"No further {'wrong ' if wrong else ''}{what} is given to {actor.account.username}, so that it is not "
            "locked.",
            cause=f"the portal refused {count} {what}s of this account in a row, or answered in a way that is not "
            f"known; it is taken to lock an account at {actor.world.profile.wrong_code.locks_at}, by "
            "wrong_code.locks_at",
            hint="sign in to it by hand once, or give the profile another account; `portal2fa restore` tries again "
            "an hour after the last one",
        )
    if wrong:
        with undisturbed(actor, what):  # whoever tries a right one for the second time is let finish
            pass


def count(actor: Actor, what: str, *, accepted: bool) -> None:
    """The portal looked at a code or password: a refusal makes the row longer, an acceptance ends it."""
    _set(actor, what, 0 if accepted else _so_far(actor, what) + 1)
    if not accepted:
        _note_refusal(actor, what)


def refused_beside(actor: Actor, what: str, since: float) -> bool:
    """Whether the portal refused a code or password of another account of the run at `since` or later.

    A portal that counts wrong ones by the address that they come from may refuse right ones of everybody then.
    """
    name = actor.account.username
    return any(at >= since for (kind, other), at in actor.world.refused_at.items() if kind == what and other != name)


def undisturbed(actor: Actor, what: str) -> AbstractContextManager[None]:
    """A block in which no other scenario begins to give a wrong code or password."""
    return actor.world.alone(f"a pause after a wrong {what}")


def forget(actor: Actor, what: str) -> None:
    """Begin the row anew, for a destructive scenario: that the account may be locked was consented to."""
    _set(actor, what, 0)


def recall(actor: Actor) -> None:
    """Go on with the rows that the journal has of an earlier run, if that was lately."""
    entry = actor.page.entry
    if entry.refused_when and clock.since(entry.refused_when) < _LASTS:
        for what, known in (("code", entry.refused_codes), ("password", entry.refused_passwords)):
            row = _row(actor, what)
            row[actor.account.username] = max(known, row[actor.account.username])


def most_wrong(actor: Actor) -> int:
    """How many may be refused in a row before no wrong one is given."""
    return min(WRONG, actor.world.profile.wrong_code.locks_at - 2)


def left(actor: Actor, what: str) -> int:
    """How many right ones may be given even if all of them are refused."""
    return max(0, _most(actor) - _so_far(actor, what))


def is_spent(actor: Actor, what: str) -> bool:
    """Whether not even a right code or password may be given any more."""
    return not left(actor, what)


def _most(actor: Actor) -> int:
    return most_wrong(actor) + 1


def _so_far(actor: Actor, what: str) -> int:
    return _row(actor, what)[actor.account.username]


def _set(actor: Actor, what: str, number: int) -> None:
    _row(actor, what)[actor.account.username] = number
    actor.page.note_refused(what, number)


def _note_refusal(actor: Actor, what: str) -> None:
    actor.world.refused_at[what, actor.account.username] = clock.moment()


def _row(actor: Actor, what: str) -> Counter[str]:
    return {"code": actor.world.refused, "password": actor.world.refused_passwords}[what]
