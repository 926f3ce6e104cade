"""What the doctor could not do is told, never passed over."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from fixtures import first_look
from fixtures.actor import Actor
from fixtures.locating import find
from fixtures.world import World
from portal2fa.doctor import About, Check, Word
from portal2fa.errors import CannotTell, EnvironmentProblem, Portal2faError
from portal2fa.profile_locator import Locator
from steps.tasks import arriving, doubts
from steps.tasks.doctor import examining, factors, means, pages, patterns, proposing
from steps.tasks.doctor.examiner import Examiner
from steps.tasks.doctor.ledger import Ledger
from tests.certificates import self_signed
from tests.steps.conftest import SOON, HeldClock, Visit

Examine = Callable[..., Examiner]


@pytest.fixture
def examine(visit: Visit) -> Examine:
    """The doctor in front of a page, with Ana's account."""

    def begin(page: str = "", **changes: object) -> Examiner:
        waits = {} if page else {"timing": SOON}  # on an empty page nothing comes that could be late
        actor, _ = visit({"/": page or "<p>empty</p>"}, **waits, **changes)
        actor.backup_codes = ["ABCD-EFGH-IJKL-MNOP"]
        return examining_of(actor)

    return begin


def examining_of(actor: Actor) -> Examiner:
    """The doctor beside Ana."""
    actor.world.actors, actor.world.current = {"Ana": actor}, actor
    ledger = Ledger(lambda key: ("", 0), lambda check: None)
    return Examiner(actor.world, ledger, lambda: False, takes_pictures=False)


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


# --- controls that are not the only ones ----------------------------------------------------------------------------


def test_a_control_that_fits_two_things_is_told_with_both(examine: Examine) -> None:
    page = "<button>Enable</button><button>Enable reminders</button>"
    examiner = examine(page, controls={"enable": {"role": "button", "name": "Enable", "exact": False}})
    examiner.actor.portal.go(examiner.actor.portal.url)
    assert examiner.actor.portal.shows("enable")
    told = problems(examiner)["controls.enable"]
    assert told.said == 'the button "Enable" is not the only one: 2 different things fit'
    assert ("button Enable " in told.cause, "button Enable reminders " in told.cause) == (True, True)


def test_a_control_that_fits_the_same_thing_twice_is_in_sight(examine: Examine) -> None:
    page = "<header><a href=/in>Client Area</a></header><footer><a href=/in>Client Area</a></footer>"
    examiner = examine(page)
    examiner.actor.portal.go(examiner.actor.portal.url)
    assert examiner.actor.portal.shows("client_area")
    assert (problems(examiner), examiner.ledger.right()) == ({}, {"controls.client_area"})


@pytest.mark.parametrize(
    ("page", "locator", "lines"),
    [
        pytest.param(
            "<button>Enable</button><button>Enable reminders</button>",
            {"role": "button", "name": "Enable", "exact": False},
            ['{ role = "button", name = "Enable" }', '{ role = "button", name = "Enable reminders" }'],
            id="by the whole name",
        ),
        pytest.param(
            "<button>Enable</button><button>Remind me</button>",
            {"css": "button"},
            ['{ role = "button", name = "Enable" }', '{ role = "button", name = "Remind me" }'],
            id="by role and name",
        ),
        pytest.param(
            "<nav><a href=/a>Security</a></nav><main><a href=/b>Security</a></main>",
            {"role": "link", "name": "Security"},
            [
                '{ role = "link", name = "Security", within = { role = "navigation" } }',
                '{ role = "link", name = "Security", within = { role = "main" } }',
            ],
            id="by the part of the page",
        ),
        pytest.param(
            "<p><a href=/a>Security</a> <a href=/b>Security</a></p>",
            {"role": "link", "name": "Security"},
            ['{ role = "link", name = "Security", nth = 1 }', '{ role = "link", name = "Security", nth = 2 }'],
            id="by which of them it is",
        ),
    ],
)
def test_each_thing_that_fits_is_proposed_by_a_locator_that_finds_it_alone(
    examine: Examine, page: str, locator: dict[str, object], lines: list[str]
) -> None:
    examiner = examine(page, controls={"enable": locator})
    portal = examiner.actor.portal
    portal.go(portal.url)
    things = pages.kinds(portal.control("enable"))
    assert portal.shows("enable")
    edits = problems(examiner)["controls.enable"].edits
    assert [edit.line for edit in edits] == [f"enable = {line}" for line in lines]
    for edit, thing in zip(edits, things, strict=True):
        narrowed = Locator.model_validate(tomllib.loads(edit.line)["enable"])
        assert pages.kinds(find(portal.page, narrowed, portal.values)) == [thing]


def test_the_account_of_the_tester_stands_in_no_proposal(examine: Examine) -> None:
    examiner = examine("<button>Hello Ana Example</button>", controls={"name": {"text": "Account"}})
    examiner.actor.portal.go(examiner.actor.portal.url)
    [first, *_] = examiner.edits("controls.name", examiner.page())
    assert first.line == 'name = { role = "button", name = "Hello {name}" }'


@pytest.mark.parametrize(("control", "label"), [("new_code_password", "Password to confirm"), ("password", "Password")])
def test_what_another_control_points_at_is_proposed_only_where_nothing_is_nearer(
    examine: Examine, control: str, label: str
) -> None:
    page = "<label>Password <input></label><label>Password to confirm <input></label>"
    examiner = examine(page, controls={control: {"role": "button", "name": "Nowhere"}})
    examiner.actor.portal.go(examiner.actor.portal.url)
    [first, *_] = examiner.edits(f"controls.{control}", examiner.page())
    assert first.line == f'{control} = {{ label = "{label}" }}'


def test_what_an_entry_points_at_already_is_not_proposed(examine: Examine) -> None:
    examiner = examine("<button>Enable</button>", controls={"enable": {"role": "button", "name": "Enable"}})
    examiner.actor.portal.go(examiner.actor.portal.url)
    assert examiner.edits("controls.enable", examiner.page()) == ()


# --- patterns and addresses -----------------------------------------------------------------------------------------


def test_a_pattern_for_backup_codes_is_proposed_by_the_shape_of_what_is_shown(examine: Examine) -> None:
    page = "<label>Backup code <input readonly value=7K2M9-QXAB3></label>"
    examiner = examine(page)
    examiner.actor.portal.go(examiner.actor.portal.url)
    patterns.backup_code(examiner)
    told = problems(examiner)["backup_codes.pattern"]
    assert [edit.line for edit in told.edits] == [r"pattern = '\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){1}\b'"]


@pytest.mark.parametrize(
    ("address", "places", "expected"),
    [
        ("/client/security?from=/sign-in", {}, "/client/security"),
        ("/index.php?page=security", {"front": "/index.php?page=front"}, "/index.php?page=security"),
        ("/index.php?token=Ab3dEf6h", {"front": "/index.php?page=front"}, "/index.php"),
        ("/#/security", {}, "/#/security"),
    ],
)
def test_the_address_of_a_place_has_no_more_than_it_needs(
    visit: Visit, address: str, places: dict[str, str], expected: str
) -> None:
    actor, portal = visit({address.partition("?")[0].partition("#")[0]: "<p>here</p>"}, places=places)
    actor.portal.go(portal.url + address)
    assert proposing.address(actor.portal) == expected


def test_the_way_to_a_place_says_its_address_even_after_the_problem_was_told(examine: Examine) -> None:
    examiner = examine()
    actor = examiner.actor
    examiner.ledger.problem("places.two_factor", "does not show what belongs there")
    assert problems(examiner)["places.two_factor"].hint
    actor.portal.go(actor.portal.url + "/?seen=1")
    doubts.reached(actor, "two_factor")
    examiner.settle()
    assert [edit.line for edit in problems(examiner)["places.two_factor"].edits] == ['two_factor = "/"']


def test_a_place_that_is_where_the_way_leads_gets_no_proposal(examine: Examine) -> None:
    examiner = examine(places={"two_factor": "/"})
    examiner.ledger.problem("places.two_factor", "does not show what belongs there")
    examiner.actor.portal.go(examiner.actor.portal.url)
    doubts.reached(examiner.actor, "two_factor")
    examiner.settle()
    assert problems(examiner)["places.two_factor"].edits == ()


# --- the portal's clock ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "words"), [(120.0, "ahead of"), (-90.0, "behind")])
def test_a_portal_whose_clock_is_far_off_is_told(visit: Visit, ahead: float, words: str) -> None:
    actor, portal = visit({"/": ""})
    portal.ahead = ahead
    examiner = examining_of(actor)
    means._skew(examiner)
    told = problems(examiner)["clock skew"]
    assert f"s {words} this machine's" in told.said
    seconds = float(told.said.split("clock is ")[1].split(" s ")[0])
    assert abs(seconds - abs(ahead)) <= 2
    assert (told.about, "NTP" in told.hint) == (About.SURROUNDINGS, True)


@pytest.mark.parametrize(("ahead", "shared"), [(0.0, False), (120.0, True)])
def test_a_portal_whose_clock_is_near_or_is_moved_for_all_is_well(visit: Visit, ahead: float, *, shared: bool) -> None:
    actor, portal = visit({"/": ""})
    portal.ahead, cast(HeldClock, actor.world.clock).shared = ahead, shared
    examiner = examining_of(actor)
    means._skew(examiner)
    assert (problems(examiner), examiner.ledger.right()) == ({}, {"clock skew"})


# --- the way there --------------------------------------------------------------------------------------------------


def looked_first(actor: Actor, **changes: object) -> Examiner:
    """The doctor after the first look at the portal, with a profile of which `changes` say something else."""
    world = actor.world
    world.profile = world.profile.model_copy(update=changes)
    examiner = examining_of(actor)
    world.arrived_at = first_look.look(world.browser, world.profile, world.recorder.findings)
    examining._tell_way(examiner, world.profile)
    return examiner


def said(examiner: Examiner) -> dict[str, str]:
    return {check.key: check.said for check in examiner.ledger.checks(str)}


def test_an_address_that_leads_elsewhere_is_told_with_where_one_comes_to(visit: Visit) -> None:
    _, elsewhere = visit({"/login": "<h1>Sign in</h1>"})
    actor, portal = visit({"/sign-in": (302, f"{elsewhere.url}/login?from=portal")})
    told = said(looked_first(actor))
    assert told["url"] == f"{portal.url} answers, by way of which one comes to {elsewhere.url}/login"


def test_an_address_that_leads_on_within_the_portal_is_told_as_well(visit: Visit) -> None:
    actor, portal = visit({"/sign-in": (302, "/login"), "/login": "<h1>Sign in</h1>"})
    assert said(looked_first(actor))["url"] == f"{portal.url} answers, by way of which one comes to {portal.url}/login"


def test_an_address_that_leads_nowhere_else_answers_and_no_more(visit: Visit) -> None:
    actor, portal = visit({"/sign-in": "<h1>Sign in</h1>"})
    assert said(looked_first(actor)) == {"url": f"{portal.url} answers"}


def test_a_certificate_that_nobody_vouches_for_is_told_and_taken_only_unchecked(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, portal = visit({"/sign-in": "<h1>Sign in</h1>"})
    portal.wrap(self_signed(tmp_path))
    address = portal.url.replace("http:", "https:")
    with pytest.raises(EnvironmentProblem) as caught:
        looked_first(actor, url=address)
    ledger = Ledger(lambda key: ("", 0), lambda check: None)
    examining._tell_unreached(ledger, caught.value, "portal")
    (told,) = ledger.problems()
    assert (told.key, told.about, "ERR_CERT" in told.cause) == ("certificate", About.SURROUNDINGS, True)
    monkeypatch.setattr(actor.world.browser, "checks_certificates", False)
    taken = said(looked_first(actor, url=address, certificate="unchecked"))
    assert taken["certificate"] == "the certificate was not checked, as the profile says"
