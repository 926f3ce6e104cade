"""Leaving what was begun as browsers let people leave anything, wherever the portal puts its own way out."""

from __future__ import annotations

from fixtures.actor import Actor


def load_again(actor: Actor) -> None:
    """Load what is in sight once more; what was sent to get there is sent again."""
    actor.world.recorder.did("load it again")
    actor.portal.page.reload(wait_until="load")


def press_escape(actor: Actor) -> None:
    """Press the key that closes dialogs, and let whatever that sets off come to rest."""
    actor.world.recorder.did("press Escape")
    actor.portal.page.keyboard.press("Escape")
    actor.portal.page.wait_for_load_state()


def close_tab(actor: Actor) -> None:
    """Close the tab with the set-up, and go on in another one of the same browser."""
    left, other = actor.portal, actor.portal.sibling()
    actor.world.recorder.did("close the tab")
    left.page.close()
    actor.look_through(other)


WAYS = {"loading it again": load_again, "pressing Escape": press_escape, "closing the tab": close_tab}
"""What a sentence calls each of them."""
