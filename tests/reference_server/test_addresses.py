"""Another email address: who may ask for one, when it counts, and what of the old one ends then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.reference_server.conftest import app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import Browser, World

PLACE = "/client/security/email"
NEW = "ana@elsewhere.example"
SENT = "If the address can be yours, a mail with a link is on its way to it. Until you follow it, nothing changes."


def asked(world: World, account: dict[str, Any], email: str = NEW, **other: str) -> Browser:
    """A customer who is signed in and asked for another address."""
    browser = world.signed_in(account)
    browser.get(PLACE)
    browser.submit(PLACE, **{"email": email, "password": account["password"], **other})
    return browser


def link(world: World) -> str:
    """The path of the link in the newest mail with one."""
    found = [re.search(rf"http://localhost({PLACE}/\w+)$", world.outbox.text(at), re.M) for at in _numbers(world)]
    return [match[1] for match in found if match][-1]


def _numbers(world: World) -> range:
    return range(len(world.outbox.mails))


def receivers(world: World) -> list[str]:
    """Who was written to, in order."""
    return [str(mail["To"]) for mail in world.outbox.mails]


def moved(world: World, account: dict[str, Any]) -> Browser:
    """A customer whose address was changed."""
    browser = asked(world, account)
    browser.get(link(world))
    browser.submit(browser.path)
    return browser


def signs_in(world: World, account: dict[str, Any], email: str) -> bool:
    """Whether the address is one to sign in with."""
    return world.browser().sign_in({**account, "username": email}).path != "/sign-in"


def test_link_goes_to_the_new_address_and_changes_it(world: World) -> None:
    account = world.account()
    browser = asked(world, account)
    assert browser.status == SENT
    assert receivers(world) == [NEW]
    browser.get(link(world))
    browser.submit(browser.path)
    assert (browser.path, browser.status) == (PLACE, "Your email address was changed.")
    assert signs_in(world, account, NEW)
    assert not signs_in(world, account, account["email"])


def test_nothing_changes_until_the_link_is_confirmed(world: World) -> None:
    account = world.account("email")
    asked(world, account).get(link(world))
    world.browser().sign_in(account)
    assert receivers(world)[1:] == [account["email"]]


def test_codes_go_to_the_new_address_alone(world: World) -> None:
    account = world.account("email")
    moved(world, account)
    world.outbox.mails.clear()
    browser = world.browser().sign_in({**account, "username": NEW})
    assert receivers(world) == [NEW]
    browser.give(world.outbox.code())
    assert browser.is_signed_in()


def test_old_address_is_told(world: World) -> None:
    account = world.account()
    moved(world, account)
    assert receivers(world) == [NEW, account["email"]]
    assert world.outbox.subjects[1] == "Your email address was changed"
    assert NEW not in world.outbox.text(1)


def test_app_and_backup_code_stay(world: World) -> None:
    account = world.account("time_based")
    moved(world, account)
    browser = world.browser().sign_in({**account, "username": NEW})
    browser.give(app_code(account["secret"], world.clock.at))
    assert browser.is_signed_in()
    browser = world.browser().sign_in({**account, "username": NEW})
    browser.get("/sign-in/backup")
    browser.submit("/sign-in/backup", code=account["backup_code"])
    assert browser.is_signed_in()


@pytest.mark.parametrize(
    ("given", "alert"),
    [
        ({"password": "wrong"}, "That password is not right."),
        ({"email": "nobody"}, "That is no email address."),
        ({"email": f"{'a' * 64}@{'b' * 200}.example"}, "That is no email address."),
        ({"email": "a b@elsewhere.example"}, "That is no email address."),
    ],
)
def test_refused_wish_sends_nothing(world: World, given: dict[str, str], alert: str) -> None:
    browser = asked(world, world.account(), **given)
    assert browser.alert == alert
    assert world.outbox.mails == []


def test_address_of_another_customer_is_answered_alike_and_gets_no_mail(world: World) -> None:
    other = world.account()
    browser = asked(world, world.account(), other["email"])
    assert browser.status == SENT
    assert world.outbox.mails == []


def test_address_that_was_taken_meanwhile_stays_with_its_owner(world: World) -> None:
    ana, ben = world.account(), world.account()
    browser = asked(world, ana)
    path = link(world)
    moved(world, ben)
    browser.get(path)
    assert browser.submit(path).status_code == 410
    assert signs_in(world, ben, NEW)
    assert signs_in(world, ana, ana["email"])


def test_link_counts_for_its_owner_alone(world: World) -> None:
    ana, ben = world.account(), world.account()
    asked(world, ana)
    browser = world.signed_in(ben)
    browser.get(PLACE)
    assert browser.submit(link(world)).status_code == 410
    assert browser.get(link(world)).status_code == 410
    assert not signs_in(world, ana, NEW)


def test_stranger_is_asked_to_sign_in_and_then_led_to_the_link(world: World) -> None:
    account = world.account()
    asked(world, account)
    browser = world.browser()
    browser.get(link(world))
    assert browser.path == "/sign-in"
    browser.submit("/sign-in", email=account["email"], password=account["password"], next=link(world))
    assert browser.path == link(world)


@pytest.mark.parametrize(("age", "status"), [(1799, 200), (1800, 410)])
def test_link_lives_for_half_an_hour(world: World, age: float, status: int) -> None:
    account = world.account()
    browser = asked(world, account)
    world.set_clock(account, world.clock.at + age)
    assert browser.get(link(world)).status_code == status


def test_link_for_one_purpose_serves_no_other(world: World) -> None:
    asked(world, world.account())
    token = link(world).rpartition("/")[2]
    assert world.browser().get(f"/sign-in/new-password/{token}").status_code == 410


def test_links_that_were_mailed_to_the_old_address_end(world: World) -> None:
    account = world.account()
    stranger = world.browser()
    stranger.get("/sign-in/forgotten")
    stranger.submit("/sign-in/forgotten", email=account["email"])
    found = re.search(r"/sign-in/new-password/\w+", world.outbox.text())
    assert found
    assert world.browser().get(found[0]).status_code == 200
    moved(world, account)
    assert world.browser().get(found[0]).status_code == 410


def test_other_browsers_and_waiting_sign_ins_end(world: World) -> None:
    account = world.account("email")
    other, waiting = world.signed_in(account), world.browser().sign_in(account)
    code = world.outbox.code()
    browser = moved(world, account)
    waiting.give(code)
    assert (browser.is_signed_in(), other.is_signed_in(), waiting.is_signed_in()) == (True, False, False)


def test_set_up_with_a_code_of_the_old_address_ends(world: World) -> None:
    account = world.account()
    browser = asked(world, account).begin("email")
    code = world.outbox.code()
    browser.get(link(world))
    browser.submit(browser.path)
    browser.submit("/client/security/two-factor/email", code=code)
    assert world.browser().sign_in({**account, "username": NEW}).is_signed_in()
