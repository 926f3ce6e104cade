"""What the doctor could not do is told, never passed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fixtures.actor import Actor
from fixtures.world import World
from portal2fa.doctor import About, Check, Word
from portal2fa.errors import CannotTell, Portal2faError
from steps.tasks import arriving
from steps.tasks.doctor import examining, factors
from steps.tasks.doctor.examiner import Examiner
from steps.tasks.doctor.ledger import Ledger
from tests.steps.conftest import SOON, Visit

Examine = Callable[..., Examiner]


@pytest.fixture
def examine(visit: Visit) -> Examine:
    """The doctor in front of an empty page, with Ana's account."""

    def begin(**changes: object) -> Examiner:
        actor, _ = visit({"/": "<p>empty</p>"}, timing=SOON, **changes)
        world = actor.world
        world.actors, world.current = {"Ana": actor}, actor
        actor.backup_codes = ["ABCD-EFGH-IJKL-MNOP"]
        return Examiner(world, Ledger(lambda key: ("", 0), lambda check: None), lambda: False, takes_pictures=False)

    return begin


def problems(examiner: Examiner) -> dict[str, Check]:
    return {check.key: check for check in examiner.ledger.problems()}


def test_a_sign_in_that_did_not_come_to_the_backup_code_is_told(examine: Examine) -> None:
    examiner = examine()
    factors._by_backup_code(examiner, "time_based_asked")
    assert problems(examiner)


def test_a_backup_code_that_could_not_be_given_is_told(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    examiner, asked = examine(), iter([True])

    def ask(actor: Actor, notice: str) -> bool:
        if next(asked, False):
            actor.portal.go(actor.portal.url)
            return True
        raise CannotTell("The sign-in did not ask again.")

    monkeypatch.setattr(factors, "_asked", ask)
    factors._by_backup_code(examiner, "time_based_asked")
    (told,) = problems(examiner).values()
    assert "paths.sign_in_backup_code" in (told.key, *told.suspects)


def test_settings_that_are_not_reached_while_a_method_is_on_are_told(examine: Examine) -> None:
    examiner = examine(capabilities={"known_status": True})
    factors._state_is_on(examiner)
    assert problems(examiner)


# --- nobody could come in -------------------------------------------------------------------------------------------


def nobody(examiner: Examiner, error: Portal2faError, monkeypatch: pytest.MonkeyPatch, *, cast: bool) -> None:
    """A part that nobody comes to: `error` ends it, with an account or before one was had."""
    (actor,) = examiner.world.actors.values()

    def enters(world: World, who: str) -> Actor:
        if cast:
            world.actors[who] = world.current = actor
        raise error

    monkeypatch.setattr(arriving, "enters", enters)
    monkeypatch.setattr(examining, "give_back", lambda world, actor: True)
    with examining._somebody(examiner, "Email codes") as somebody:
        assert somebody is None


SILENT = CannotTell("The portal did not answer at https://portal.example/.", cause="net::ERR_CONNECTION_RESET")
NONE_FREE = CannotTell("No account is free for this scenario.", cause="all 1 accounts are in use", hint="give more")


def test_a_portal_that_stops_answering_is_told_even_after_another_problem(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = examine()
    examiner.ledger.problem("controls.cancel", "is not in sight")
    nobody(examiner, SILENT, monkeypatch, cast=True)
    told = problems(examiner)["portal"]
    assert (told.said, told.cause, told.about) == (SILENT.what, SILENT.cause, About.SURROUNDINGS)


def test_that_no_account_is_free_is_told_even_after_another_problem(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = examine()
    examiner.ledger.problem("controls.cancel", "is not in sight")
    nobody(examiner, NONE_FREE, monkeypatch, cast=False)
    told = problems(examiner)["accounts"]
    assert (told.said, told.cause, told.hint) == (NONE_FREE.what, NONE_FREE.cause, NONE_FREE.hint)


def test_where_the_account_was_told_of_the_part_is_not_checked_and_says_why(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = examine()
    examiner.ledger.problem("accounts.pool[0]", "cannot be used")
    nobody(examiner, NONE_FREE, monkeypatch, cast=False)
    assert list(problems(examiner)) == ["accounts.pool[0]"]
    (left,) = [check for check in examiner.ledger.checks(str) if check.word is Word.NOT_CHECKED]
    assert NONE_FREE.cause in left.said
