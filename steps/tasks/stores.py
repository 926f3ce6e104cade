"""The stores from which authenticator apps come, and the portal's links to them."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.actor import Actor
from portal2fa.errors import CannotTell


@dataclass(frozen=True, slots=True)
class Store:
    """A store: the control that leads there, its host, how it knows the genuine app, and the words of links to it."""

    control: str
    host: str
    identity: str
    words: tuple[str, ...]


STORES = {
    "Android": Store(
        "google_play", "https://play.google.com/", "com.google.android.apps.authenticator2", ("google play", "android")
    ),
    "iOS": Store("app_store", "https://apps.apple.com/", "id388497605", ("app store", "ios", "iphone", "apple")),
}


def link_to(actor: Actor, store: Store) -> str:
    """Where the portal's link to a store leads.

    Raises `CannotTell` for a link that neither leads to the store nor speaks of it: it may be another one.
    """
    found = actor.portal.wait_for_control(store.control)
    href = str(found.get_attribute("href") or "")
    said = str(
        found.evaluate(
            "e => [e.innerText, e.ariaLabel, e.title, ...[...e.querySelectorAll('img')]"
            ".map(image => image.alt)].join(' ').toLowerCase()"
        )
    )
    if not href.startswith(store.host) and not any(word in said for word in store.words):
        raise CannotTell(
            "What the profile takes for the link to the store neither leads there nor speaks of it.",
            cause=f"controls.{store.control} leads to {href or 'nothing'}",
            hint="look at the picture, then mend the control",
        )
    return href
