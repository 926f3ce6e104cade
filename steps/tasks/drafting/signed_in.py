"""Telling who was let in from who is asked for more: what an account that is put back has to show."""

from __future__ import annotations

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Snapshot
from portal2fa.errors import CannotTell
from steps.tasks import waiting
from steps.tasks.drafting import entering
from steps.tasks.drafting.walker import Walker, place_of

_NOT_A_GREETING = ("code", "two_factor", "refused", "throttled")
"""What words that name somebody may be about without showing that they were let in: "sent a code to ana@…"."""


def asks_factor(walker: Walker, page: Snapshot) -> bool:
    """Whether a page may ask for a second factor: by any field for a code, or by what asks for a mail.

    What the client area shows as well does not count there, nor a page that still asks for the password.
    """
    if walker.best(goals.PASSWORD, page) is not None:
        return False
    inside = _controls(walker.pages["client_area"]) if _is_at_client_area(walker, page) else set()
    found = [*walker.rank(goals.CODE, page), *walker.rank(goals.REQUEST_MAIL, page)]
    return any((c.element.kind, c.element.words) not in inside for c in found)


def let_in_by_password(walker: Walker) -> bool:
    """Whether the right password alone opens the client area from a fresh browser; False where more is asked for.

    Raises `CannotTell` where the page after it shows neither: it may be out of order, or ask in words unheard of.
    """
    walker.actor.fresh_browser()
    walker.say("Signing in")
    entering.sign_in(walker, walker.actor.values["password"])
    page = walker.pages["answer"]
    if asks_factor(walker, page):
        return False
    entering.expect_form_gone(walker, page)
    if waiting.until(lambda: _shows_customer(walker, walker.see()), walker.patience):
        return True
    raise CannotTell(
        "The password alone was not seen to sign in, so the second factor may still be on.",
        cause=f"the page after it, {walker.page.url.partition('?')[0]}, shows neither the customer nor the client area",
        hint="sign in by hand, and see whether the portal asks for a code",
    )


def _shows_customer(walker: Walker, page: Snapshot) -> bool:
    """Whether a page shows who is signed in, or is the client area; never one that asks for a second factor."""
    if asks_factor(walker, page):
        return False
    shown = (e for e in entering.names(walker, page) if not _is_about(walker, e.text))
    return walker.sees("notices", "signed_in") or any(shown) or _is_client_area(walker, page)


def _is_about(walker: Walker, text: str) -> bool:
    return any(walker.words.says(topic, text) for topic in _NOT_A_GREETING)


def _is_client_area(walker: Walker, page: Snapshot) -> bool:
    """Whether a page has the address of the client area and all that can be pressed there."""
    if not _is_at_client_area(walker, page):
        return False
    pressed = {(kind, words) for kind, words in _controls(walker.pages["client_area"]) if kind != "field"}
    return bool(pressed) and pressed <= _controls(page)


def _is_at_client_area(walker: Walker, page: Snapshot) -> bool:
    """Whether a page has the address of what proved to be the client area: the settings were reached from there."""
    known = walker.pages.get("client_area")
    return known is not None and "off" in walker.pages and place_of(known.url) == place_of(page.url)


def _controls(page: Snapshot) -> set[tuple[str, str]]:
    """What can be used on a page and has words, by kind and words."""
    return {(e.kind, e.words) for e in page.of_kind("button", "link", "field") if e.words}
