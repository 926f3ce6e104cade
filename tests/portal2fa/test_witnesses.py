"""Absence counts only for what the run has seen: no verdict may rest on a profile that points at nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal2fa.outcomes import Outcome, RestsOn, ScenarioResult
from portal2fa.witnesses import WALKED, apart, at, declaring, settled

RESULT = ScenarioResult("a.feature#b", "b", "a.feature", 3, "r", ("NAV-9",), (), Outcome.PASSED)


def rests(outcome: Outcome, *, missing: tuple[str, ...] = (), absent: tuple[str, ...] = ()) -> ScenarioResult:
    """A scenario with what its outcome rests on."""
    rests_on = RestsOn(outcome, missing, absent, "the Then said so" if outcome is Outcome.FAILED else "")
    return replace(RESULT, outcome=outcome, rests_on=rests_on)


NARROW = rests(Outcome.FAILED, missing=("controls.enable",), absent=(f"{WALKED}screens.small.controls.enable",))
SLOW = rests(Outcome.CANT_TELL, missing=("notices.on", "notices.off"), absent=(f"{WALKED}the goal of paths.enable",))


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (
            {"notices.on", "notices.off", "the goal of paths.enable"},
            "\n  the profile is likely right: notices.on and notices.off were in sight at another time of this run, "
            "so here the portal was slow, or in another state",
        ),
        ({"notices.on", "the goal of paths.enable"}, ""),
        ({"notices.on", "notices.off"}, "\n  check the profile: this run never saw the goal of paths.enable"),
        (set(), "\n  check the profile: this run never saw the goal of paths.enable"),
    ],
)
def test_what_was_in_sight_elsewhere_speaks_for_the_profile_unless_the_way_never_led_on(
    seen: set[str], said: str
) -> None:
    found = settled(SLOW, seen)
    assert (found.outcome, found.reason) == (Outcome.CANT_TELL, said)


@pytest.mark.parametrize(
    ("result", "seen", "outcome"),
    [
        (rests(Outcome.FAILED, missing=("controls.enable",)), set(), Outcome.CANT_TELL),
        (rests(Outcome.FAILED, missing=("controls.enable",)), {"controls.enable"}, Outcome.FAILED),
        (rests(Outcome.FAILED), set(), Outcome.FAILED),
        (NARROW, {"controls.enable"}, Outcome.CANT_TELL),
        (NARROW, {"controls.enable", "screens.small.controls.enable"}, Outcome.FAILED),
        (rests(Outcome.PASSED, absent=("controls.enable",)), {"controls.name"}, Outcome.CANT_TELL),
        (rests(Outcome.PASSED, absent=("controls.enable",)), {"controls.enable"}, Outcome.PASSED),
        (rests(Outcome.PASSED), set(), Outcome.PASSED),
    ],
)
def test_an_outcome_that_rests_on_absence_needs_a_sighting(
    result: ScenarioResult, seen: set[str], outcome: Outcome
) -> None:
    assert settled(result, seen).outcome is outcome


def test_the_entry_to_check_is_named_beside_what_was_seen() -> None:
    told = settled(rests(Outcome.FAILED, missing=("notices.off",)), set()).reason
    assert "the Then said so" in told
    assert "notices.off was never in sight" in told


def test_a_later_sighting_restores_the_failure() -> None:
    before = settled(rests(Outcome.FAILED, missing=("notices.off",)), set())
    assert settled(before, {"notices.off"}).reason == "the Then said so"


def test_the_capability_that_declares_an_entry_is_named_with_it() -> None:
    told = settled(rests(Outcome.FAILED, missing=("controls.live_chat",)), set()).reason
    assert "check the profile, and capabilities.live_chat" in told
    assert declaring("controls.name") == declaring("a mail with a code") == ""


def test_the_capability_that_declares_a_path_is_named_where_the_path_never_led_on() -> None:
    for path, also in (("resend", "; if the portal has none, capabilities.resend is wrong"), ("sign_in", "")):
        result = rests(Outcome.CANT_TELL, absent=(f"{WALKED}the goal of paths.{path} by controls.x",))
        told = settled(result, set()).reason
        assert told.endswith(f"this run never saw the goal of paths.{path} by controls.x{also}")


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.CANT_TELL])
def test_a_place_that_never_led_on_is_named_where_something_was_missed_there(outcome: Outcome) -> None:
    result = rests(outcome, missing=("controls.enable",), absent=(WALKED + at("two_factor"),))
    before = settled(result, {"controls.enable"})
    assert before.outcome is Outcome.CANT_TELL
    assert "places.two_factor" in before.reason
    after = settled(result, {"controls.enable", at("two_factor")})
    assert after.outcome is outcome
    assert "places" not in after.reason


def test_what_was_seen_too_much_is_not_excused_by_a_place() -> None:
    assert settled(rests(Outcome.FAILED, absent=(WALKED + at("client_area"),)), set()).outcome is Outcome.FAILED


def test_a_notice_that_was_never_away_is_named_with_its_opposite() -> None:
    told = settled(rests(Outcome.PASSED, absent=(apart("off", "on"),)), set())
    assert told.outcome is Outcome.CANT_TELL
    assert "never saw notices.off out of sight where notices.on holds" in told.reason
