"""How many codes and passwords an account may have refused in a row: the one place that keeps portals from locking it.

Common lock-outs begin at five.  After three refusals no wrong one is given any more, and after four no right one
either: whatever is wrong, the next might lock the account.  Codes and passwords are counted apart, because a right
password before each wrong code ends no row of wrong codes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager

from fixtures.actor import Actor
from portal2fa import clock
from portal2fa.errors import CannotTell

WRONG = 3
"""How many may be refused in a row before no wrong one is given."""
_RIGHT = WRONG + 1


def keep(actor: Actor, what: str, *, wrong: bool) -> None:
    """Give no further code or password (`what`) to an account that refused several in a row; raises `CannotTell`."""
    count = _row(actor, what)[actor.account.username]
    if count >= (WRONG if wrong else _RIGHT):
        raise CannotTell(
            f"No further {'wrong ' if wrong else ''}{what} is given to {actor.account.username}, so that it is not "
            "locked.",
            cause=f"the portal refused {count} {what}s of this account in a row",
            hint="sign in to it by hand once, or give the profile another account",
        )
    if wrong:
        with undisturbed(actor, what):  # whoever tries a right one for the second time is let finish
            pass


def count(actor: Actor, what: str, *, accepted: bool) -> None:
    """The portal looked at a code or password: a refusal makes the row longer, an acceptance ends it."""
    row, name = _row(actor, what), actor.account.username
    row[name] = 0 if accepted else row[name] + 1
    if not accepted:
        actor.world.refused_at[what, name] = clock.moment()


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
    _row(actor, what)[actor.account.username] = 0


def is_spent(actor: Actor, what: str) -> bool:
    """Whether not even a right code or password may be given any more."""
    return _row(actor, what)[actor.account.username] >= _RIGHT


def _row(actor: Actor, what: str) -> Counter[str]:
    return {"code": actor.world.refused, "password": actor.world.refused_passwords}[what]
