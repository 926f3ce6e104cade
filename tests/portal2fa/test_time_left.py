"""About how long a run still takes: what it is made of, when it is told, and when nobody can tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa import errands
from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.errands import Asked, Errand, Means, errand, time_left
from portal2fa.gates import gate
from portal2fa.profile_accounts import Account, Accounts
from portal2fa.profile_files import find_root, load_target
from portal2fa.time_left import TimeLeft, in_words

ROOT = find_root()
TEN = [f"s{number}" for number in range(10)]


class Watch:
    """A clock that shows what it is set to."""

    at = 100.0

    def __call__(self) -> float:
        """What it shows."""
        return self.at


def played(left: TimeLeft, watch: Watch, scenarios: list[str], seconds: float, *, pace: float = 1.0) -> None:
    """Scenarios that end one after the other, each after so many seconds, or sooner where several are under way."""
    for scenario in scenarios:
        watch.at += seconds / pace
        left.ended(scenario, seconds)


def test_what_is_ahead_takes_what_it_took_in_the_last_run_at_the_pace_of_this_one() -> None:
    watch = Watch()
    times = dict.fromkeys(TEN, 2.0) | {"s9": 22.0}
    left = TimeLeft(TEN, times, at_once=1, now=watch)
    played(left, watch, TEN[:5], 4.0)  # twice as slow as last time
    assert left.seconds == pytest.approx(2 * (4 * 2.0 + 22.0))


def test_without_a_last_run_it_takes_what_was_seen_and_is_told_once_a_third_has_ended() -> None:
    watch = Watch()
    plays = [f"s{number}" for number in range(30)]
    left = TimeLeft(plays, {}, at_once=1, now=watch)
    played(left, watch, plays[:9], 3.0)
    assert left.seconds is None
    played(left, watch, plays[9:10], 3.0)
    assert left.seconds == pytest.approx(20 * 3.0)


def test_a_few_scenarios_say_nothing_of_the_rest_and_of_several_at_once_more_have_to_end() -> None:
    for at_once, enough in ((1, 5), (4, 8)):
        watch = Watch()
        left = TimeLeft(TEN, dict.fromkeys(TEN, 2.0), at_once=at_once, now=watch)
        played(left, watch, TEN[: enough - 1], 2.0)
        assert left.seconds is None
        played(left, watch, TEN[enough - 1 : enough], 2.0)
        assert left.seconds is not None


def test_what_is_under_way_at_once_is_taken_for_half_done() -> None:
    watch = Watch()
    plays = [f"s{number}" for number in range(40)]
    left = TimeLeft(plays, dict.fromkeys(plays, 2.0), at_once=4, now=watch)
    left.ended("s0", 2.0)
    played(left, watch, plays[1:8], 2.0, pace=4.0)  # 2 s for the first one, and 3.5 s for seven that were side by side
    assert left.seconds == pytest.approx((32 * 2.0 - 3.0) * 5.5 / (8 * 2.0 + 3.0))


def test_what_was_left_out_is_no_measure() -> None:
    watch = Watch()
    left = TimeLeft([*TEN, "out"], dict.fromkeys(TEN, 2.0), at_once=1, now=watch)
    left.ended("out", 0.0)
    watch.at += 1000.0  # whatever passed before the first one began
    played(left, watch, TEN[:5], 2.0)
    assert left.seconds == pytest.approx(5 * 2.0)


def test_a_last_run_in_which_nothing_took_any_time_is_no_measure() -> None:
    watch = Watch()
    left = TimeLeft(TEN, dict.fromkeys(TEN, 0.0), at_once=1, now=watch)
    played(left, watch, TEN[:5], 2.0)
    assert left.seconds is None


def test_nothing_is_told_while_something_is_ahead_of_which_nobody_knows_how_long_it_waits() -> None:
    watch = Watch()
    left = TimeLeft(TEN, dict.fromkeys(TEN, 2.0), at_once=1, now=watch, untold={"s5"})
    played(left, watch, TEN[:5], 2.0)
    assert left.seconds is None
    played(left, watch, ["s5"], 600.0)
    assert left.seconds is not None


def test_what_is_played_several_times_is_ahead_until_the_last() -> None:
    watch = Watch()
    left = TimeLeft(TEN * 2, dict.fromkeys(TEN, 2.0), at_once=1, now=watch)
    played(left, watch, TEN, 2.0)
    assert left.seconds == pytest.approx(10 * 2.0)
    played(left, watch, TEN, 2.0)
    assert left.seconds is None, "nothing is left"


def test_it_is_told_with_what_it_rests_on_and_again_when_it_is_another() -> None:
    watch = Watch()
    plays = [f"s{number}" for number in range(40)]
    left = TimeLeft(plays, dict.fromkeys(plays, 30.0), at_once=1, now=watch)
    told = []
    for scenario in plays:
        played(left, watch, [scenario], 30.0)
        told.append(left.news())
    said = [words for words in told if words]
    assert said[0] == "about 20 minutes left, by what scenarios took in the last run"
    assert said[1] == "about 14 minutes left"
    assert said[-1] == "less than a minute left"
    assert len(said) == len(set(said)) < 15
    assert told[:4] == [""] * 4
    guessed = TimeLeft(TEN, {}, at_once=1, now=watch)
    played(guessed, watch, TEN[:5], 30.0)
    assert guessed.news().endswith("by what scenarios took so far")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "less than a minute"),
        (44.9, "less than a minute"),
        (45.0, "about 1 minute"),
        (100.0, "about 2 minutes"),
        (14 * 60.0, "about 14 minutes"),
        (18 * 60.0, "about 20 minutes"),
        (90 * 60.0, "about 90 minutes"),
        (150 * 60.0, "about 2.5 hours"),
    ],
)
def test_the_more_is_left_the_rounder_it_is_told(seconds: float, words: str) -> None:
    assert in_words(seconds) == f"{words} left"


# --- of a run -------------------------------------------------------------------------------------------------------

MEANS = Means(BrowserChoice(None, (), ""))


def order(out: Path, **more: int) -> Errand:
    """A whole run of the reference portal, nothing of which was touched."""
    register = load_register(ROOT / "features" / "clauses.toml")
    asked = Asked(ROOT, register, read_scenarios(ROOT / "features"), "run", **more)  # type: ignore[arg-type]
    return errand(asked, load_target("reference", ROOT), out)


def waiting(one: Errand, accounts: int) -> Errand:
    """The same on a portal whose clock is waited for, with so many accounts of a pool."""
    names = [f"a{number}" for number in range(accounts)]
    pool = tuple(Account(username=name, password="p", email=f"{name}@example.org") for name in names)
    profile = one.target.profile
    changed = {
        "clock": profile.clock.model_copy(update={"kind": "wait"}),
        "accounts": Accounts(kind="pool", pool=pool),
        "start": None,
        "url": "https://portal.example",
    }
    return replace(one, target=replace(one.target, profile=profile.model_copy(update=changed)))


def test_a_run_counts_what_its_gates_let_through_as_often_as_it_is_repeated(tmp_path: Path) -> None:
    one = order(tmp_path, repeat=2)
    own = [row for row in one.chosen.scenarios if gate(one.target.profile, row.tags, allowed=("destructive",)) is None]
    assert 0 < len(own) < len(one.chosen.scenarios)
    assert time_left(one, MEANS)._ahead == dict.fromkeys((row.id for row in own), 2)


@pytest.mark.parametrize(("accounts", "known", "told"), [(1, True, True), (1, False, False), (4, True, False)])
def test_really_waiting_is_told_by_the_last_run_where_one_waits_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accounts: int, known: bool, told: bool
) -> None:
    one = waiting(order(tmp_path), accounts)
    times = {row.id: 3.0 for row in one.chosen.scenarios if known or "needs.clock" not in row.tags}
    monkeypatch.setattr(errands, "last_times", lambda out, name: times)
    left = time_left(one, MEANS)
    for scenario in list(left._ahead)[:20]:
        left.ended(scenario, 3.0)
    assert (left.seconds is not None) == told
