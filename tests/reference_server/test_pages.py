"""Every page: headers, language, one heading, the way to help, and no address that breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.reference_server.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.reference_server.conftest import World

PUBLIC = ["/", "/help/two-factor", "/help/turn-off", "/support", "/sign-in", "/no-such-page"]
PRIVATE = {
    "/client": "Client Area",
    "/client/services": "Services",
    "/client/invoices": "Invoices",
    "/client/security": "Security Settings",
    SETTINGS: "Two-Factor Authentication",
    f"{SETTINGS}/choose": "Choose a method",
}
FOOTER = {
    "What is Two-Factor Authentication (2FA)?": "/help/two-factor",
    "Turning two-factor authentication off": "/help/turn-off",
    "Submit a Support Ticket": "/support",
    "Live Chat": "/support#chat",
}


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE])
def test_page_has_language_one_heading_skip_link_and_help(world: World, path: str) -> None:
    ana = world.signed_in() if path in PRIVATE else world.browser()
    ana.get(path)
    assert '<html lang="en">' in ana.text
    assert len(re.findall(r"<h1[ >]", ana.text)) == 1
    assert 'href="#content"' in ana.text
    assert 'id="content"' in ana.text
    footer = ana.text.split("<footer")[1]
    assert all(f'<a href="{target}">{label}</a>' in footer for label, target in FOOTER.items())


@pytest.mark.parametrize(("path", "heading"), PRIVATE.items())
def test_private_page_is_for_customers_only(world: World, path: str, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in world.signed_in().get(path).text
    stranger = world.browser()
    assert stranger.get(path).url.path == "/sign-in"
    assert stranger.page is not None
    assert stranger.page.url.params["next"] == path


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE, "/static/portal.css"])
def test_every_answer_carries_the_security_headers(world: World, path: str) -> None:
    headers = world.signed_in().get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/challenge", "/sign-in/backup", *PRIVATE])
def test_private_answers_are_not_stored(world: World, path: str) -> None:
    ana = world.signed_in() if path in PRIVATE else world.browser().sign_in(world.account("time_based"))
    assert ana.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("HEAD", "/", 200),
        ("HEAD", "/sign-in", 200),
        ("HEAD", "/nowhere", 404),
        ("GET", "/sign-out", 405),
        ("DELETE", "/sign-in", 405),
        ("PUT", "/client", 405),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/", 404),
        ("GET", "/%00", 404),
        ("GET", "/client/%2e%2e/x", 404),
        ("POST", "/", 405),
    ],
)
def test_address_or_method_that_does_not_exist_is_told(world: World, method: str, path: str, status: int) -> None:
    answer = world.run(world.browser().client.request(method, path))
    assert answer.status_code == status
    if status != 200 and method != "HEAD":
        assert "Harbour Hosting" in answer.text


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', ana.text.split("<body")[0]) + re.findall(r'src="([^"]+)"', ana.text)
    assert loaded
    assert all(address.startswith(("/static/", "data:image/")) for address in loaded)
    assert not re.findall(r"<script(?! src)|<style| style=| on[a-z]+=", ana.text)


def test_labels_belong_to_their_fields(world: World) -> None:
    ana = world.signed_in(world.account("email"))
    ana.get(SETTINGS)
    targets = re.findall(r'<label for="([^"]+)"', ana.text)
    assert len(targets) == len(set(targets)) == 2
    assert all(f'id="{target}"' in ana.text for target in targets)
