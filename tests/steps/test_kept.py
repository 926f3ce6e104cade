"""What a browser keeps for a portal: in whichever frame a script put it there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from steps.tasks import keeping
from tests.steps.conftest import SECRET, MiniPortal, Visit

STORES = {"localStorage": "local storage", "sessionStorage": "session storage"}
KEEPS = "<script>{store}.setItem('key', '{secret}')</script>"


@pytest.fixture
def other() -> Iterator[MiniPortal]:
    """Another origin of the portal, whose pages keep something as soon as they are there."""
    server = MiniPortal({f"/{store}": KEEPS.format(store=store, secret=SECRET) for store in STORES})
    yield server
    server.close()


@pytest.mark.parametrize("store", STORES)
def test_what_a_frame_of_another_origin_keeps_is_found(visit: Visit, other: MiniPortal, store: str) -> None:
    sandboxed = "<iframe sandbox=allow-scripts srcdoc='<p>it may keep nothing</p>'></iframe>"
    actor, portal = visit({"/": f"<p>here</p><iframe src={other.url}/{store}></iframe>{sandboxed}"})
    actor.portal.go(portal.url)
    assert keeping.places_with(actor, SECRET) == [STORES[store]]
    assert keeping.places_with(actor, SECRET[::-1]) == []


@pytest.mark.parametrize("store", STORES)
def test_what_the_page_itself_keeps_is_found(visit: Visit, store: str) -> None:
    actor, portal = visit({"/": KEEPS.format(store=store, secret=SECRET)})
    actor.portal.go(portal.url)
    assert keeping.places_with(actor, SECRET) == [STORES[store]]
