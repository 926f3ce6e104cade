"""Mails in a scenario: the right one, in time, every late one seen, and nothing judged that is not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.actor import Actor
from fixtures.mailbox.mail import Request
from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from steps import mails
from steps.tasks import arriving, mail, requesting
from tests.steps.conftest import Visit
from tests.steps.lettering import ANA, QUICK, at_terminal, begin, context, letter, letters


@pytest.fixture
def begun(visit: Visit) -> Callable[..., Actor]:
    """Begins with Ana on a page of a portal."""
    return partial(begin, visit)


# --- the right mail


def test_only_a_mail_from_the_right_sender_with_the_right_subject_holds_the_code(begun: Callable[..., Actor]) -> None:
    actor = begun(sender_pattern="no-reply@p[.]example", subject_pattern="your code")
    letters(actor).kept += [
        letter("1", "Invoice 111111", sender="billing@p.example", subject="Your code of conduct"),
        letter("2", "Invoice 222222", sender="Portal <no-reply@p.example>", subject="Invoice"),
        letter("3", sender="Portal <No-Reply@P.example>", subject="Your Code"),
        letter("4", "Invoice 333333", sender="billing@p.example", subject="Invoice"),
    ]
    assert mail.newest_code(actor) == "123456"


def test_where_no_mail_with_a_code_came_it_is_said_what_came_instead(begun: Callable[..., Actor]) -> None:
    actor = begun(subject_pattern="code")
    letters(actor).kept += [letter("1", subject="Invoice"), letter("2", "Welcome"), letter("3", "Good bye")]
    with pytest.raises(CannotTell, match="No mail with a code reached Ana within 1 seconds") as told:
        mail.await_code_mail(actor)
    assert "1 with another sender or subject than mailbox.subject_pattern names" in told.value.cause
    assert "2 in which mailbox.code_pattern finds none" in told.value.cause


def test_an_empty_mailbox_is_said_to_be_empty(begun: Callable[..., Actor]) -> None:
    with pytest.raises(CannotTell, match="within 1 seconds") as told:
        mail.await_code_mail(begun())
    assert told.value.cause == f"no mail came for {ANA}"
    assert "mailbox.seconds" in told.value.hint


# --- mails of another time


def test_a_mail_that_is_still_under_way_is_not_the_answer_to_the_next_request(begun: Callable[..., Actor]) -> None:
    actor = begun()
    actor.world.requests[ANA] = Request(actor.now(), 0)
    looks = iter(range(100))
    late = letter("late", "Your code is 111111.")
    box = letters(actor)
    box.mails = lambda address: [late, *box.kept] if next(looks) > 3 else []  # type: ignore[method-assign]
    requesting.expect_code(actor)
    box.kept.append(letter("new"))
    assert mail.newest_code(actor) == "123456"


def test_a_mail_that_never_came_is_waited_for_once(begun: Callable[..., Actor]) -> None:
    actor = begun()
    actor.world.requests[ANA] = Request(actor.now(), 0)
    requesting.let_come(actor)
    assert actor.world.requests[ANA].in_vain
    letters(actor).mails = lambda address: pytest.fail("looked again")  # type: ignore[method-assign]
    requesting.let_come(actor)


def test_nobody_waits_for_mail_where_it_is_not_seen_by_itself(begun: Callable[..., Actor]) -> None:
    actor = begun()
    at_terminal(actor)
    actor.world.requests[ANA] = Request(actor.now(), 0)
    requesting.expect_code(actor)
    assert not actor.world.requests[ANA].in_vain


def test_a_late_mail_of_the_scenario_before_is_none_of_the_next_one(begun: Callable[..., Actor]) -> None:
    actor = begun()
    world = actor.world
    world.actors = {}
    world.requests[ANA] = Request(actor.now(), 0)
    letters(actor).kept.append(letter("of the scenario before", "Your code is 111111."))
    setattr(world, "take_account", lambda who: SimpleNamespace(account=actor.account))  # noqa: B010
    world.accounts = SimpleNamespace(page=lambda account: actor.page, disposable=True)
    assert mail.new_mails(arriving.enters(world, "Ana")) == []


# --- the portal's own pause


@pytest.mark.parametrize(("since", "waited"), [(0.0, [60.0]), (45.0, [15.0]), (75.0, [0.0])])
def test_the_next_code_is_asked_for_when_the_portal_sends_one_again(
    begun: Callable[..., Actor], since: float, waited: list[float]
) -> None:
    actor = begun(resend_after=60)
    letters(actor).kept.append(letter("1"))
    requesting.note_request(actor)
    actor.world.clock.at += since  # type: ignore[attr-defined]
    requesting.expect_code(actor)
    assert actor.world.clock.moves == waited  # type: ignore[attr-defined]


def test_the_first_code_is_asked_for_at_once(begun: Callable[..., Actor]) -> None:
    actor = begun(resend_after=60)
    requesting.expect_code(actor)
    assert actor.world.clock.moves == []  # type: ignore[attr-defined]


# --- late and double mails


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What happens while mails are looked out for; the seconds are not waited."""
    deeds: list[Callable[[], None]] = []
    monkeypatch.setattr(clock, "pause", lambda seconds: [deed() for deed in deeds] if seconds == 1.5 else None)
    return deeds


def test_a_second_mail_that_comes_late_is_counted(begun: Callable[..., Actor], late: list[Callable[[], None]]) -> None:
    actor = begun(settle=1.5)
    letters(actor).kept.append(letter("1"))
    late.append(lambda: letters(actor).kept.append(letter("2")))
    with pytest.raises(NotAsExpected, match="expected 1 mail with a code; saw 2 mails"):
        mails.mails_reach(context(actor), 1, "Ana")


def test_a_mail_that_should_not_come_is_seen_when_it_comes_late(
    begun: Callable[..., Actor], late: list[Callable[[], None]]
) -> None:
    actor = begun(settle=1.5)
    late.append(lambda: letters(actor).kept.append(letter("1")))
    with pytest.raises(NotAsExpected, match="expected no mail with a code; saw 1"):
        mails.no_mail(context(actor), "Ana")


def test_a_backup_code_that_is_mailed_late_is_seen(begun: Callable[..., Actor], late: list[Callable[[], None]]) -> None:
    actor = begun(settle=1.5)
    actor.backup_codes.append("ABCD-EFGH-JKLM-NPQR")
    mails.no_backup_code(context(actor))
    late.append(lambda: letters(actor).kept.append(letter("1", "Keep it: abcd efgh jklm npqr")))
    with pytest.raises(NotAsExpected, match="no backup code in the mail"):
        mails.no_backup_code(context(actor))


def test_without_any_mail_in_the_run_its_absence_proves_nothing(begun: Callable[..., Actor]) -> None:
    actor = begun()
    mails.no_mail(context(actor), "Ana")
    recorder = actor.world.recorder
    assert recorder.notes.absent == {mail.A_CODE_MAIL}
    assert mail.A_CODE_MAIL not in recorder.findings.seen
    letters(actor).kept.append(letter("1"))
    mail.await_code_mail(actor)
    assert mail.A_CODE_MAIL in recorder.findings.seen


# --- a mail of which only the code is known


JUDGING_CONTENT = [
    lambda it: mails.addressed(it, "Ana"),
    mails.one_code,
    mails.every_part,
    lambda it: mails.states_limit(it, 10),
    mails.name_stays_text,
]
JUDGING_ABSENCE = [
    lambda it: mails.mails_reach(it, 1, "Ana"),
    lambda it: mails.no_mail(it, "Ana"),
    lambda it: mails.has_read(it, "Ana"),
    mails.no_backup_code,
    mails.is_told,
    lambda it: mails.long_enough(it, 6),
]


@pytest.mark.parametrize("then", JUDGING_CONTENT)
def test_what_a_person_passed_on_says_nothing_of_the_mail(
    begun: Callable[..., Actor], then: Callable[[Any], None]
) -> None:
    actor = begun()
    at_terminal(actor, "123456")
    with pytest.raises(CannotTell, match="Nothing but its code is known of the mail"):
        then(context(actor))


@pytest.mark.parametrize("then", JUDGING_ABSENCE)
def test_mails_that_only_a_person_sees_cannot_be_counted(
    begun: Callable[..., Actor], then: Callable[[Any], None]
) -> None:
    actor = begun()
    actor.backup_codes.append("ABCD-EFGH-JKLM-NPQR")
    at_terminal(actor, "123456")
    with pytest.raises(CannotTell, match="Whether a mail came that should not have come cannot be told"):
        then(context(actor))
    assert letters(actor).asked == []


def test_every_then_about_mails_is_held_to_that_or_needs_the_code_alone() -> None:
    judged = {
        *("mails_reach", "no_mail", "addressed", "one_code", "every_part", "states_limit", "no_backup_code"),
        *("has_read", "is_told", "long_enough", "name_stays_text"),
    }
    code_alone = {"waits", "asks_again", "asks_once_more", "not_on_the_page", "collects", "no_neighbours"}
    while_none_go_out = {"asks_in_vain", "signs_in_in_vain", "mails_go_out"}
    here = {name for name, found in vars(mails).items() if getattr(found, "__module__", "") == mails.__name__}
    assert here == judged | code_alone | while_none_go_out
    assert len(judged) == len(JUDGING_CONTENT) + len(JUDGING_ABSENCE)


def test_a_limit_that_the_portal_states_itself_needs_no_mail(begun: Callable[..., Actor]) -> None:
    actor = begun("The code is good for 10 minutes.")
    at_terminal(actor)
    mails.states_limit(context(actor), 10)


def test_the_code_a_person_typed_is_the_code(begun: Callable[..., Actor]) -> None:
    actor = begun("Your code is on its way.")
    at_terminal(actor, "123456")
    assert mail.newest_code(actor) == "123456"
    assert letters(actor).asked == [ANA]
    mails.not_on_the_page(context(actor))
    assert "123456" not in str(actor.world.recorder.collect().evidence)


def test_a_person_who_has_no_code_is_not_waited_for(begun: Callable[..., Actor]) -> None:
    actor = begun(seconds=900)
    at_terminal(actor)
    with pytest.raises(CannotTell, match="No code from a mail to Ana was typed in") as told:
        mail.await_code_mail(actor)
    assert "empty" in told.value.cause
    assert ANA in told.value.hint


def test_a_mail_that_comes_after_its_time_blames_the_time(visit: Visit) -> None:
    actor, _ = visit({}, mailbox=QUICK)
    letters(actor).kept.append(letter("late"))
    with pytest.raises(CannotTell, match="later than it was waited for") as told:
        mail.refuse_late(actor)
    assert "mailbox.seconds" in told.value.hint


def test_where_no_mail_came_the_address_and_the_time_are_named(visit: Visit) -> None:
    pool = [{"username": "ana@a.example", "password": "p", "email": ANA}]
    actor, _ = visit({}, accounts={"kind": "pool", "pool": pool})
    hint = mail.none_came(actor).hint
    assert "accounts.pool[0].email" in hint
    assert "mailbox.seconds" in hint


def test_no_report_shows_a_short_code_of_a_mail_or_what_its_links_open_something_by(visit: Visit) -> None:
    actor, _ = visit({}, mailbox={**QUICK, "code_pattern": r"code is (\d{5})\b"})
    undo = f"{actor.portal.url}/undo?token=kqzvmwpa"
    letters(actor).kept = [letter("1", f"Your code is 48151. Not you? {undo}")]
    mail.await_code_mail(actor)
    letters(actor).kept.append(letter("2", f"Your code was used. Not you? {undo}"))
    assert mail.notices(actor)
    kept = [item.text for item in actor.world.recorder.collect().evidence]
    assert [text.partition("\n")[2].partition(" Not")[0] for text in kept] == [
        "Your code is ••••.",
        "Your code was used.",
    ]
    assert all(text.endswith(f"{actor.portal.url}/undo?token=••••") for text in kept)


def test_a_frame_that_shows_the_mailed_code_shows_it_and_one_that_states_the_limit_states_it(visit: Visit) -> None:
    framed = {"/page": "<iframe src=/framed></iframe>", "/framed": "<p>123456 holds for 10 minutes</p>"}
    actor, portal = visit(framed, mailbox=QUICK)
    letters(actor).kept = [letter("1")]
    actor.portal.go(f"{portal.url}/page")
    mails.states_limit(context(actor), 10)
    with pytest.raises(NotAsExpected, match="on the page too"):
        mails.not_on_the_page(context(actor))
