"""How many mails with a code there are, and where in them the code stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import pytest

from fixtures.actor import Actor, Answer
from portal2fa.expectation import NotAsExpected
from steps import mails
from steps.tasks import arriving, calling, doubts, mail
from tests.steps.conftest import Visit
from tests.steps.lettering import ANA, begin, context, letter, letters

SUPERSET = r"(\d{2,6})"


@pytest.fixture
def begun(visit: Visit) -> Callable[..., Actor]:
    """Begins with Ana on a page of a portal."""
    return partial(begin, visit)


def test_a_pattern_that_finds_more_than_the_code_blames_no_mail(begun: Callable[..., Actor]) -> None:
    actor = begun(code_pattern=SUPERSET)
    letters(actor).kept.append(letter("1", "Your code is 123456. It lives for 10 minutes."))
    with pytest.raises(NotAsExpected, match="one candidate") as told:
        mails.one_code(context(actor))
    assert told.value.missing == (doubts.CODE_OF_A_MAIL,)


def test_a_part_that_shows_the_code_in_other_words_carries_it(begun: Callable[..., Actor]) -> None:
    actor = begun(code_pattern=r"Code: (\d{6})")
    parts = (("text/plain", "Enter 123 456 now."), ("text/html", "Code: 123456"))
    letters(actor).kept.append(letter("1", parts=parts))
    mails.every_part(context(actor))


@pytest.mark.parametrize("plain", ["Read this mail as HTML.", "Your code is 123457.", "Number 91234567."])
def test_a_part_without_the_code_is_the_portals_once_the_pattern_is_proven(
    begun: Callable[..., Actor], plain: str
) -> None:
    actor = begun()
    letters(actor).kept.append(letter("1", parts=(("text/plain", plain), ("text/html", "Your code is 123456."))))
    with pytest.raises(NotAsExpected, match="the same code in every part") as told:
        mails.every_part(context(actor))
    assert told.value.missing == (doubts.CODE_OF_A_MAIL,)


def taken(actor: Actor, code: str) -> None:
    """The portal takes a mailed code."""
    actor.answer = Answer(True, "announced_on", "", "confirm_email")
    assert mail.newest_code(actor) == code
    calling.settle(actor)
    doubts.settle(actor)


def test_a_notice_with_a_number_is_no_second_code_until_such_a_code_was_taken(begun: Callable[..., Actor]) -> None:
    actor = begun()
    letters(actor).kept += [letter("1"), letter("2", "Reference 654321", subject="New sign-in of Ana Example")]
    with pytest.raises(NotAsExpected, match="saw 2 mails") as told:
        mails.mails_reach(context(actor), 1, "Ana")
    unseen = set(told.value.missing) - actor.world.recorder.findings.seen
    assert any("New sign-in of {name}" in entry and "mailbox.subject_pattern" in entry for entry in unseen)


def test_a_second_mail_of_the_same_name_is_a_second_code(begun: Callable[..., Actor]) -> None:
    actor = begun()
    letters(actor).kept += [letter("1", subject="Code 123456"), letter("2", "or 654321", subject="Code 654321")]
    actor.mails_before = 1
    taken(actor, "654321")
    actor.mails_before = 0
    with pytest.raises(NotAsExpected, match="saw 2 mails") as told:
        mails.mails_reach(context(actor), 1, "Ana")
    assert set(told.value.missing) <= actor.world.recorder.findings.seen


@pytest.mark.parametrize(("subject", "blamed"), [("Code", True), ("New sign-in", False)])
def test_a_mail_that_should_not_come_is_told_by_a_name_whose_code_was_taken(
    begun: Callable[..., Actor], subject: str, blamed: bool
) -> None:
    actor = begun()
    letters(actor).kept.append(letter("1"))
    taken(actor, "123456")
    actor.mails_known = 1
    letters(actor).kept.append(letter("2", "The number 654321", subject=subject))
    with pytest.raises(NotAsExpected, match="no mail with a code") as told:
        mails.no_mail(context(actor), "Ana")
    assert (set(told.value.missing) <= actor.world.recorder.findings.seen) == blamed


def test_the_code_of_somebody_else_is_a_code_whatever_its_mail_is_called(begun: Callable[..., Actor]) -> None:
    actor = begun()
    ben = SimpleNamespace(values={"email": "ben@a.example"})
    letters(actor).kept += [
        replace(letter("1", "Your code is 654321."), recipients=("ben@a.example",)),
        letter("2", "Ben gave 654321", subject="For you"),
    ]
    it = context(actor)
    it.world.actors["Ben"] = ben
    with pytest.raises(NotAsExpected, match="no mail with a code") as told:
        mails.no_mail(it, "Ana")
    assert told.value.missing == (doubts.CODE_OF_A_MAIL,)


def test_what_a_first_look_at_an_account_brings_is_none_of_the_scenario(
    begun: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = begun()
    world = actor.world
    world.actors, world.prepared, world.looked_at = {}, {ANA}, {ANA}
    setattr(world, "take_account", lambda who: SimpleNamespace(account=actor.account))  # noqa: B010
    world.accounts = SimpleNamespace(page=lambda account: actor.page, disposable=False)
    monkeypatch.setattr(arriving, "look_at", lambda one: letters(actor).kept.append(letter("1", "A sign-in, 654321")))
    assert mail.new_mails(arriving.enters(world, "Ana")) == []
