"""Finding the secret for typing: whatever shows the very secret of the QR code."""

from __future__ import annotations

import re

from fixtures.authenticator import normal_secret
from portal2fa.drafting import goals
from portal2fa.drafting.elements import Snapshot
from steps.tasks.drafting.walker import Walker


def learn_key(walker: Walker) -> None:
    """Find the secret for typing: whatever shows the very secret of the QR code, after pressing what may show it."""
    secret = walker.actor.scanned[-1].secret
    page = walker.see()
    if _note_key(walker, page, secret):
        walker.draft.drop("paths", "show_manual_key")
        return
    for candidate in [*walker.rank(goals.SHOW_KEY, page), *walker.rank(goals.OPENS_KEY, page)][:3]:
        name = walker.control(walker.name_for(candidate.element, "show_key"), candidate.element, why=candidate.reasons)
        after = walker.press(candidate.element, page)
        if _note_key(walker, after, secret):
            walker.path("show_manual_key", [name], "it brought the key into sight", sure=True)
            return
        walker.draft.drop("controls", name)
        page = after
    walker.offer("manual_key", False, "nothing on the page shows the secret of the QR code", sure=False)


def _note_key(walker: Walker, page: Snapshot, secret: str) -> bool:
    wanted = normal_secret(secret)
    holding = [e for e in page.elements if wanted in normal_secret(e.value or e.text)]
    for element in sorted(holding, key=lambda e: len(e.value or e.text)):
        pointer = {"css": "a[href^='otpauth:']"} if element.href.startswith("otpauth:") else walker.point(element) or {}
        if pointer:
            walker.put("controls", "manual_key", pointer, element, sure=True, why=("it shows the QR code's secret",))
            said = "the secret of the QR code is shown for typing"
            walker.offer("manual_key", True, said, by="controls.manual_key")
            _note_pattern(walker, element.value or element.text, wanted)
            return True
    return False


def _note_pattern(walker: Walker, text: str, wanted: str) -> None:
    """Say what the key looks like where more than the key stands there."""
    if normal_secret(text) == wanted:
        return
    shown = re.search(r"[ -]*".join(map(re.escape, wanted)), text, re.IGNORECASE)
    if shown is None:
        return
    before = text[max(0, shown.start() - 10) : shown.start()]
    pattern = (f"(?<={re.escape(before)})" if before.strip() else r"\b") + "[A-Za-z2-7]" + "[A-Za-z2-7 -]*[A-Za-z2-7]"
    walker.put("manual_key", "pattern", pattern, why=("other words stand beside the key",))
