"""A forgotten password: who gets a link, how long and how often it counts, and what it leaves as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.reference_server.conftest import app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import Browser, World

NEW = "a new and long enough one"
FORGOTTEN = "/sign-in/forgotten"
CHANGED = "Your password was changed. Sign in with the new one."


def asked(world: World, email: str) -> Browser:
    """Somebody who asked for a new password."""
    browser = world.browser()
    browser.get(FORGOTTEN)
    browser.submit(FORGOTTEN, email=email)
    return browser


def link(world: World) -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"http://localhost(/sign-in/new-password/[\w-]+)$", world.outbox.text(), re.M)
    assert found
    return found[1]


def reset(world: World, path: str, password: str = NEW) -> Browser:
    """Somebody who chose a new password where a link leads."""
    browser = world.browser()
    browser.get(path)
    browser.submit(path, password=password)
    return browser


def signs_in(world: World, account: dict[str, Any], password: str) -> bool:
    """Whether the password is right."""
    return world.browser().sign_in({**account, "password": password}).path != "/sign-in"


def test_mailed_link_replaces_the_password_and_signs_nobody_in(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    browser = reset(world, link(world))
    assert (browser.path, browser.status) == ("/sign-in", CHANGED)
    assert not browser.is_signed_in()
    assert signs_in(world, account, NEW)
    assert not signs_in(world, account, account["password"])


def test_second_factor_stays(world: World) -> None:
    account = world.account("time_based")
    asked(world, account["email"])
    reset(world, link(world))
    browser = world.browser().sign_in({**account, "password": NEW})
    assert browser.path == "/sign-in/challenge"
    browser.give(app_code(account["secret"], world.clock.at))
    assert browser.is_signed_in()


def test_sign_in_leads_to_the_form(world: World) -> None:
    assert f'href="{FORGOTTEN}"' in world.browser().get("/sign-in").text


@pytest.mark.parametrize("writing", [str, str.upper, " {} ".format])
def test_address_is_known_however_it_is_written(world: World, writing: Any) -> None:
    account = world.account()
    asked(world, writing(account["email"]))
    assert [str(mail["To"]) for mail in world.outbox.mails] == [account["email"]]


def test_unknown_address_is_answered_alike_and_gets_no_mail(world: World) -> None:
    known = asked(world, world.account()["email"])
    unknown = asked(world, "nobody@customers.example")
    assert known.page is not None
    assert unknown.page is not None
    assert known.page.status_code == unknown.page.status_code
    assert known.text.replace(known.token, "") == unknown.text.replace(unknown.token, "")
    assert len(world.outbox.mails) == 1


def test_link_works_once(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    path = link(world)
    reset(world, path)
    assert world.browser().get(path).status_code == 410
    assert signs_in(world, account, NEW)


def test_of_two_who_use_one_link_at_once_one_chooses(world: World) -> None:
    asked(world, world.account()["email"])
    browser, path = world.browser(), link(world)
    browser.get(path)
    assert sorted(one.status_code for one in browser.submit_together(path, 4, password=NEW)) == [303, 410, 410, 410]


@pytest.mark.parametrize(("age", "status"), [(1799, 200), (1800, 410)])
def test_link_lives_for_half_an_hour(world: World, age: float, status: int) -> None:
    account = world.account()
    asked(world, account["email"])
    path = link(world)
    world.set_clock(account, world.clock.at + age)
    assert world.browser().get(path).status_code == status


def test_newer_link_ends_the_one_before(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    first = link(world)
    asked(world, account["email"])
    assert world.browser().get(first).status_code == 410
    assert world.browser().get(link(world)).status_code == 200


def test_link_before_stays_when_the_newer_one_cannot_be_sent(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    path = link(world)
    world.outbox.refusing = True
    browser = asked(world, account["email"])
    assert browser.status
    assert world.browser().get(path).status_code == 200


def test_mails_are_limited_without_a_word(world: World) -> None:
    email = world.account()["email"]
    answers = {asked(world, email).status for _ in range(7)}
    assert len(answers) == 1
    assert len(world.outbox.mails) == 5


def test_short_password_is_refused_and_the_link_stays(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    browser = reset(world, link(world), "short")
    assert browser.alert == "Use 15 characters or more."
    assert signs_in(world, account, account["password"])
    reset(world, link(world))
    assert signs_in(world, account, NEW)


def test_every_browser_is_signed_out(world: World) -> None:
    account, other = world.account(), world.account()
    signed_in, bystander = world.signed_in(account), world.signed_in(other)
    asked(world, account["email"])
    assert signed_in.is_signed_in()
    reset(world, link(world))
    assert not signed_in.is_signed_in()
    assert bystander.is_signed_in()


def test_reset_opens_a_sign_in_that_was_closed_by_wrong_passwords(world: World) -> None:
    account = world.account()
    for _ in range(10):
        signs_in(world, account, "wrong")
    assert not signs_in(world, account, account["password"])
    asked(world, account["email"])
    reset(world, link(world))
    assert signs_in(world, account, NEW)


def test_notice_tells_of_it(world: World) -> None:
    asked(world, world.account()["email"])
    reset(world, link(world))
    assert world.outbox.subjects == ["A new password", "Your password was changed"]
    assert NEW not in world.outbox.text()


def test_link_names_the_portal_as_its_operator_does(world: World) -> None:
    account = world.account()
    browser = world.browser(headers={"X-Forwarded-Host": "stranger.example"})
    browser.get(FORGOTTEN)
    browser.submit(FORGOTTEN, email=account["email"])
    assert "stranger.example" not in world.outbox.mails[0].as_string()
    assert link(world)


def test_both_parts_of_the_mail_hold_the_link(world: World) -> None:
    asked(world, world.account()["email"])
    page = world.outbox.mails[0].get_body(("html",))
    assert page is not None
    assert f'href="http://localhost{link(world)}"' in page.get_content()


def test_form_without_its_token_changes_nothing(world: World) -> None:
    account = world.account()
    asked(world, account["email"])
    browser = world.browser()
    assert browser.submit(link(world), password=NEW).status_code == 403
    assert signs_in(world, account, account["password"])


def test_only_a_digest_of_the_link_is_stored(world: World) -> None:
    asked(world, world.account()["email"])
    token = link(world).rpartition("/")[2].encode()
    files = [path.read_bytes() for path in world.database.parent.iterdir()]
    assert not any(token in content for content in files)
