"""A draft leaves no method on: whichever a sign-in asks for is given, and no proof begins while another is on."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell, NotRestored
from portal2fa.profile import Profile
from steps.tasks import people, turning_off
from steps.tasks.drafting import challenging, drafting, proving
from tests.steps.conftest import Visit
from tests.steps.drafts import CLIENT_AREA, Drafting, begin

CHALLENGE = "<form method=post action=/code><label>Code <input name=code></label><button>Verify</button></form>"
HEADING = "<h1>Two-factor authentication</h1>"


@pytest.fixture
def started(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana at a portal where her app is on; the set-up of mailed codes was begun last, and is in her mind."""
    found = begin(visit, tmp_path)
    actor, on = found.walker.actor, [True]

    def turn_off(_: dict[str, str]) -> str:
        on.clear()
        return f"{HEADING}<p>It is off.</p><button>Enable</button>"

    found.pages |= {
        "/in": lambda _: CHALLENGE if on else CLIENT_AREA,
        "/code": CLIENT_AREA,
        "/settings": lambda _: (
            f"{HEADING}<form method=post action=/off><button>Disable</button></form>"
            if on
            else f"{HEADING}<button>Enable</button>"
        ),
        "/off": turn_off,
    }
    actor.page.begin("email")
    actor.method = "email"
    actor.world.mailbox.watches = False
    found.walker.put("places", "client_area", "/in")
    found.walker.put("places", "two_factor", "/settings")
    return found


def test_the_method_that_is_on_is_switched_off_though_another_was_begun_last(started: Drafting) -> None:
    drafting._switch_off_from_outside(started.walker)
    assert started.walker.actor.method == "time_based"
    assert not started.kept


def test_what_only_offers_to_send_a_code_is_a_challenge_of_mailed_codes(started: Drafting) -> None:
    started.walker.actor.page.begin("time_based")
    assert started.walker.actor.page.entry.methods == ("email", "time_based")
    started.pages["/in"] = "<button>Send code</button>"
    page = started.walker.go("/in")
    assert challenging.likely_methods(started.walker, page) == ["email", "time_based"]


def proofs(started: Drafting, monkeypatch: pytest.MonkeyPatch, *, restores: bool, puts_back: bool) -> list[str]:
    """What is done, in order, when both journeys by the draft fail with the factor left on."""
    done: list[str] = []
    walker = started.walker

    def journey(_: Actor, method: str, __: object) -> None:
        done.append(method)
        walker.actor.page.begin(method)
        raise CannotTell("The journey ended early.")

    def restore(actor: Actor) -> bool:
        done.append("restore")
        if not restores:
            raise CannotTell("The draft does not know how.")
        actor.page.close()
        return True

    def put_back(_: Exception | None) -> None:
        done.append("put back")
        if not puts_back:
            raise NotRestored("It may be on.")
        walker.actor.page.close()

    monkeypatch.setattr(people, "cast", lambda *_: walker.actor)
    monkeypatch.setattr(proving, "_come_in", lambda _: None)
    monkeypatch.setattr(proving, "_journey", journey)
    monkeypatch.setattr(turning_off, "restore", restore)
    profile: Profile = walker.actor.world.profile
    try:
        proving.prove(walker, lambda: profile, ["time_based", "email"], put_back)
    except NotRestored:
        done.append("not restored")
    return done


@pytest.mark.parametrize(
    ("restores", "puts_back", "expected"),
    [
        (True, True, ["time_based", "restore", "email", "restore"]),
        (False, True, ["time_based", "restore", "put back", "email", "restore", "put back"]),
        (False, False, ["time_based", "restore", "put back", "not restored"]),
    ],
)
def test_the_account_is_put_back_after_each_journey_that_failed(
    started: Drafting, monkeypatch: pytest.MonkeyPatch, restores: bool, puts_back: bool, expected: list[str]
) -> None:
    assert proofs(started, monkeypatch, restores=restores, puts_back=puts_back) == expected
