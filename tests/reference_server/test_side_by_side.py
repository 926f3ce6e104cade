"""Every statement is about the rows it names: what one customer does changes nothing of another one's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import aiosqlite
import pytest

from reference_server import accounts, attempts, email_codes, sessions, two_factor
from reference_server.attempts import Limit
from reference_server.sessions import Level, Session
from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World

T = TypeVar("T")
Work = Callable[[aiosqlite.Connection], Awaitable[T]]


def write(world: World, work: Work[T]) -> T:
    """Carry out work in one write transaction."""

    async def inside() -> T:
        async with world.app.state.portal.store.write() as db:
            return await work(db)

    return world.run(inside())


async def both(db: aiosqlite.Connection) -> tuple[Session, Session]:
    """Sessions of two customers, the older one first."""
    names = ["ana@customers.example", "ben@customers.example"]
    for name in names:
        await accounts.add(db, name, "hash", name)
    found = [(await sessions.start(db, Level.FULL, name, 100))[1] for name in names]
    return found[0], found[1]


async def again(db: aiosqlite.Connection, session: Session) -> Session:
    """A session as it is now."""
    now = await sessions.reread(db, session.id)
    assert now is not None
    return now


# -------------------------------------------------------------------------------------------------------- sessions


@pytest.mark.parametrize("change", ["touch", "notice", "next", "pending", "reveal"])
def test_what_is_kept_in_one_session_is_in_no_other(world: World, change: str) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        ana, ben = await both(db)
        for session in (ana, ben):
            await sessions.set_reveal(db, session.id, "enabled", b"sealed")
        before = await again(db, ana)
        await {
            "touch": lambda: sessions.touch(db, ben.id, 200),
            "notice": lambda: sessions.set_notice(db, ben.id, "Done."),
            "next": lambda: sessions.set_next(db, ben.id, "/client/invoices"),
            "pending": lambda: sessions.set_pending(db, ben.id, "email", b"sealed", 200),
            "reveal": lambda: sessions.set_reveal(db, ben.id, "used", b"other"),
        }[change]()
        assert await again(db, ana) == before
        assert await again(db, ben) != ben

    write(world, work)


def test_a_code_that_one_customer_is_shown_can_still_be_shown_to_another(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        ana, ben = await both(db)
        assert await sessions.claim_reveal(db, ben.id, 200) is None
        for session in (ana, ben):
            await sessions.set_reveal(db, session.id, "enabled", b"sealed")
        assert await sessions.claim_reveal(db, ben.id, 200)
        assert await sessions.claim_reveal(db, ana.id, 200)

    write(world, work)


def test_old_sessions_of_one_customer_are_forgotten_and_no_others(world: World) -> None:
    async def left(db: aiosqlite.Connection, *all_of_them: Session) -> list[bool]:
        return [await sessions.reread(db, session.id) is not None for session in all_of_them]

    async def work(db: aiosqlite.Connection) -> None:
        ana, ben = await both(db)
        await sessions.drop_old(db, ben.username, 100)
        assert await left(db, ana, ben) == [True, True]
        await sessions.drop_old(db, ben.username, 101)
        assert await left(db, ana, ben) == [True, False]

    write(world, work)


def test_signing_in_forgets_sessions_that_are_over(world: World) -> None:
    account = world.account()
    world.signed_in(account)
    world.clock.at += 2 * 86_400
    world.browser().sign_in(account)

    async def count(db: aiosqlite.Connection) -> int:
        return len(list(await db.execute_fetchall("SELECT id FROM sessions WHERE username = ?", [account["username"]])))

    assert write(world, count) == 1


def test_other_customers_stay_signed_in(world: World) -> None:
    account, other = world.account(), world.account()
    ana, ben = world.signed_in(account), world.signed_in(other)
    ana.begin("time_based")
    ana.submit(f"{SETTINGS}/time-based", code=app_code(ana.manual_key, world.clock.at))
    assert ben.is_signed_in()
    ana.get("/client")
    ana.submit("/sign-out")
    assert ben.is_signed_in()


def test_a_session_that_gains_worth_has_nothing_of_before(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        await both(db)
        token, before = await sessions.start(db, Level.PASSWORD, "ana@customers.example", 100)
        new = await sessions.renew(db, before.id, Level.FULL, 200)
        now = await again(db, before)
        assert await sessions.find(db, token) is None
        assert await sessions.find(db, new) == now
        assert now.csrf != before.csrf
        assert (now.level, now.created_at, now.seen_at) == (Level.FULL, 100, 200)

    write(world, work)


def test_what_nobody_may_guess_has_256_and_192_bits(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        token, session = await sessions.start(db, Level.ANONYMOUS, None, 100)
        new = await sessions.renew(db, session.id, Level.ANONYMOUS, 100)
        await sessions.set_reveal(db, session.id, "enabled", b"sealed")
        ticket = await sessions.claim_reveal(db, session.id, 100)
        assert min(len(token), len(new)) * 6 >= 256
        assert min(len(session.csrf), len((await again(db, session)).csrf), len(ticket or "")) * 6 >= 192

    write(world, work)


def test_a_cookie_that_is_no_text_is_nobody(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        assert await sessions.find(db, "\ud800") is None

    write(world, work)


# ----------------------------------------------------------------------------------------------------------- codes


def test_a_mailed_code_is_looked_for_and_ended_in_its_session_alone(world: World) -> None:
    portal = world.app.state.portal

    async def work(db: aiosqlite.Connection) -> None:
        ana, ben = await both(db)
        for session, code in ((ana, "111111"), (ben, "222222")):
            await email_codes.remember(db, portal.vault, session.id, "sign-in", code, 100)
        for session, code in ((ben, "222222"), (ana, "111111")):
            assert await email_codes.use(db, portal.vault, portal.policy, session.id, "sign-in", code, 100)

    write(world, work)


def test_codes_for_two_purposes_are_told_apart(world: World) -> None:
    portal = world.app.state.portal

    async def work(db: aiosqlite.Connection) -> None:
        ana, _ = await both(db)
        await email_codes.remember(db, portal.vault, ana.id, "setup", "111111", 100)
        await email_codes.remember(db, portal.vault, ana.id, "sign-in", "222222", 100)
        assert not await email_codes.use(db, portal.vault, portal.policy, ana.id, "sign-in", "111111", 100)
        assert await email_codes.use(db, portal.vault, portal.policy, ana.id, "sign-in", "222222", 100)

    write(world, work)


def test_turning_off_and_a_new_backup_code_are_about_one_account(world: World) -> None:
    portal = world.app.state.portal
    account, other = world.account("time_based"), world.account("time_based")

    async def work(db: aiosqlite.Connection) -> None:
        before = await two_factor.find(db, other["username"])
        await two_factor.replace_backup_code(db, portal.vault, portal.policy, account["username"])
        assert await two_factor.disable(db, account["username"])
        assert not await two_factor.disable(db, account["username"])
        assert await two_factor.find(db, other["username"]) == before is not None

    write(world, work)


# -------------------------------------------------------------------------------------------------------- accounts


def test_mail_that_fails_for_one_account_reaches_another(world: World) -> None:
    account, other = world.account(), world.account()
    world.control("/mail", username=account["username"], failing=True)
    world.signed_in(other).begin("email")
    assert [mail["To"] for mail in world.outbox.mails] == [other["email"]]


def test_an_account_that_was_opened_is_the_one_that_is_found(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        opened = await accounts.add(db, "Ana Maria Example", "hash")
        assert await accounts.find(db, opened.username) == opened
        assert opened.time(500) == 500
        assert opened.first_name == "Ana"

    write(world, work)


@pytest.mark.parametrize(
    ("address", "shown"), [("anabel@a.example", "an••••••@a.example"), ("a@a.example", "a••••••@a.example")]
)
def test_an_address_is_shown_by_two_letters_and_six_dots(address: str, shown: str) -> None:
    assert accounts.Account("ana", address, "Ana", "hash", 0.0, None, mail_failing=False).masked_email == shown


# ---------------------------------------------------------------------------------------------------------- limits


ANA, BEN = (Limit(name, count=2, window=100, lock=10) for name in ("ana", "ben"))


def test_wrong_tries_of_one_subject_count_for_no_other(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        assert not await attempts.fail(db, ANA, 0)
        assert not await attempts.fail(db, BEN, 0)
        await attempts.clear(db, BEN)
        assert not await attempts.fail(db, BEN, 0)
        assert await attempts.fail(db, ANA, 0), "the count was forgotten with another one"
        assert await attempts.fail(db, BEN, 0), "the count was forgotten with another one's lock"
        await attempts.clear(db, BEN)
        assert await attempts.locked(db, ANA, 9)
        assert not await attempts.locked(db, BEN, 9)

    write(world, work)


def test_the_clock_of_one_subject_ages_no_tries_of_another(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        await attempts.fail(db, ANA, 0)
        await attempts.fail(db, BEN, 5000)
        assert await attempts.fail(db, ANA, 1)

    write(world, work)


def test_a_lock_that_is_over_leaves_no_tries_behind_and_the_next_one_counts_from_its_own_start(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        closed = [await attempts.fail(db, ANA, at) for at in (0, 0, 11, 12)]
        assert closed == [False, True, False, True]
        assert [await attempts.locked(db, ANA, at) for at in (21, 22)] == [True, False]

    write(world, work)


def test_what_is_given_back_is_the_event_of_that_subject_at_that_moment(world: World) -> None:
    async def work(db: aiosqlite.Connection) -> None:
        for limit, at in ((ANA, 1), (BEN, 1), (BEN, 50)):
            assert await attempts.take(db, limit, at)
        await attempts.give_back(db, BEN, 50)
        assert [await attempts.take(db, BEN, at) for at in (101, 101, 101)] == [True, True, False]
        await attempts.give_back(db, BEN, 1)
        assert [await attempts.take(db, ANA, at) for at in (2, 2)] == [True, False]

    write(world, work)


def test_mails_that_could_not_be_sent_use_nothing_up(world: World) -> None:
    ana = world.signed_in()
    world.outbox.refusing = True
    for _ in range(6):
        ana.begin("email")
    world.outbox.refusing = False
    assert ana.begin("email").path == f"{SETTINGS}/email"


def test_of_an_address_320_signs_count(world: World) -> None:
    policy = world.app.state.portal.policy
    long, exact, short = (attempts.passwords(policy, "a" * many, "sign-in").subject for many in (400, 320, 319))
    assert long == exact != short
