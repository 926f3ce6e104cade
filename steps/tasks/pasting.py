"""Pasting, as a person does it: through the clipboard and the keyboard."""

from __future__ import annotations

from fixtures.actor import Actor


def paste(actor: Actor, control: str, text: str) -> str:
    """Paste `text` into a control with the keyboard; what is in there afterwards."""
    portal = actor.portal
    portal.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.url)
    found = portal.wait_for_control(control)
    portal.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    found.focus()
    portal.page.keyboard.press("ControlOrMeta+V")
    return found.input_value()
