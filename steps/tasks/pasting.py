"""Pasting, as a person does it: through the clipboard and the keyboard."""

from __future__ import annotations

from playwright.sync_api import Error

from fixtures.actor import Actor
from portal2fa.errors import CannotTell


def paste(actor: Actor, control: str, text: str) -> str:
    """Paste `text` into a control with the keyboard; what is in there afterwards, in all of its fields together."""
    portal = actor.portal
    portal.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.url)
    found = portal.wait_for_control(control)
    portal.page.wait_for_load_state()  # until then the scripts may be missing that keep people from pasting
    with actor.world.alone("clipboard"):
        portal.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        found.focus()
        portal.page.keyboard.press("ControlOrMeta+V")
    try:
        fields = portal.control(control).all()
        return "".join(field.input_value() for field in (fields if len(fields) > 1 else [found]))
    except Error as error:
        raise CannotTell(
            f"Nothing can be pasted into {portal.profile.described(control)}.",
            cause=f"controls.{control}: {str(error).splitlines()[0]}",
            hint="look at the picture, then mend the control: it has to be the field itself",
        ) from error
