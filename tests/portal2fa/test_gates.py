"""What is left out of a run, and with which outcome and reason."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal2fa.clauses import read_scenarios
from portal2fa.facts import MEANS, OFFERS
from portal2fa.gates import gate
from portal2fa.outcomes import Outcome
from portal2fa.profile import Capabilities, Methods, Profile
from portal2fa.profile_files import find_root

ALTERING = {"requires.password-reset", "requires.address-change"}
"""What a scenario that changes an account for good asks of the portal."""


@pytest.mark.parametrize(
    ("change", "tags", "outcome", "reason"),
    [
        ({}, ["requires.backup-code", "area.x", "journey"], None, ""),
        ({"backup_code": False}, ["requires.email-codes"], None, ""),
        ({"backup_code": False}, ["requires.backup-code"], Outcome.INAPPLICABLE, "offers no backup code"),
        (
            {"backup_code": False, "time_based_tokens": False},
            ["requires.backup-code", "requires.time-based-tokens"],
            Outcome.INAPPLICABLE,
            "offers no time-based tokens",
        ),
        (
            {"time_based_tokens": False, "manual_key": False},
            ["requires.manual-key", "requires.time-based-tokens", "needs.clock"],
            Outcome.INAPPLICABLE,
            "offers no time-based tokens",
        ),
        (
            {"backup_code": False},
            ["requires.backup-code", "requires.time-based-tokens", "needs.clock"],
            Outcome.INAPPLICABLE,
            "offers no backup code",
        ),
        ({}, ["needs.mailbox"], Outcome.UNTESTED, "gives the tester no mailbox"),
        ({}, ["needs.clock"], Outcome.UNTESTED, "gives the tester no clock to move or wait by"),
        ({}, ["needs.two-accounts"], Outcome.UNTESTED, "gives the tester no second account"),
        (
            {"resend": False},
            ["needs.mailbox", "requires.resend"],
            Outcome.INAPPLICABLE,
            "offers no new code on request",
        ),
        ({}, ["requires.one-method"], None, ""),
        ({}, ["requires.several-methods"], Outcome.INAPPLICABLE, "lets an account have one method on at a time"),
        ({"together": True}, ["requires.several-methods"], None, ""),
        ({"together": True}, ["requires.one-method"], Outcome.INAPPLICABLE, "several methods on at once"),
        ({"forced": True}, ["requires.free-choice"], Outcome.INAPPLICABLE, "demands a second factor of everybody"),
        ({"forced": True}, ["requires.demanded-factor"], None, ""),
        ({}, ["requires.demanded-factor"], Outcome.INAPPLICABLE, "leaves it to the customer to have a second factor"),
        ({}, ["class.active"], None, ""),
        ({}, ["class.two-user"], None, ""),
        ({}, ["class.destructive"], Outcome.UNTESTED, "destructive scenarios were not consented to"),
    ],
)
def test_a_scenario_is_left_out_for_what_is_absent_lacking_or_not_allowed(
    documented: dict[str, Any], change: dict[str, bool], tags: list[str], outcome: Outcome | None, reason: str
) -> None:
    documented["methods"] = {name: value for name, value in change.items() if name in Methods.model_fields}
    documented["capabilities"] |= {name: value for name, value in change.items() if name not in Methods.model_fields}
    left_out = gate(Profile.model_validate(documented), tags)
    if outcome is None:
        assert left_out is None
    else:
        assert left_out is not None
        assert left_out[0] is outcome
        assert reason in left_out[1]


@pytest.mark.parametrize(
    ("table", "entry", "tag"),
    [
        ("paths", "sign_out", "requires.sign-out"),
        ("paths", "new_backup_code", "requires.new-backup-code"),
        ("notices", "throttled", "requires.told-limit"),
    ],
)
def test_what_an_optional_entry_tells_is_offered_only_where_it_is_there(
    documented: dict[str, Any], table: str, entry: str, tag: str
) -> None:
    assert gate(Profile.model_validate(documented), [tag]) is None
    del documented[table][entry]
    left_out = gate(Profile.model_validate(documented), [tag])
    assert left_out is not None
    assert left_out[0] is Outcome.INAPPLICABLE
    assert entry in left_out[1]


def test_all_that_portals_offer_and_testers_have_has_words(documented: dict[str, Any]) -> None:
    assert list(OFFERS) == list(Capabilities.model_fields)
    assert list(MEANS) == list(Profile.model_validate(documented).means)


@pytest.mark.parametrize(
    ("table", "key", "tag"), [("codes", "spaces", "spaced-codes"), ("backup_codes", "any_case", "any-case")]
)
def test_what_codes_may_be_written_like_is_asked_for_only_where_the_profile_says_so(
    documented: dict[str, Any], table: str, key: str, tag: str
) -> None:
    left_out = gate(Profile.model_validate(documented), [f"requires.{tag}"])
    assert left_out is not None
    assert left_out[0] is Outcome.INAPPLICABLE
    assert f"is not said, by {table}.{key}" in left_out[1]
    documented[table] = {**documented.get(table, {}), key: True}
    assert gate(Profile.model_validate(documented), [f"requires.{tag}"]) is None


@pytest.mark.parametrize(
    ("mailbox", "clock", "accounts", "means"),
    [
        ({"kind": "none"}, "none", 1, (False, False, False)),
        ({"kind": "sink"}, "none", 1, (True, False, False)),
        ({"kind": "maildir", "path": "/m"}, "control", 2, (True, True, True)),
    ],
)
def test_the_means_of_the_tester_follow_from_the_profile(
    documented: dict[str, Any], mailbox: dict[str, str], clock: str, accounts: int, means: tuple[bool, bool, bool]
) -> None:
    documented["mailbox"], documented["clock"] = mailbox, {"kind": clock}
    documented["accounts"]["pool"] = [{"username": str(number), "password": "p"} for number in range(accounts)]
    found = Profile.model_validate(documented).means
    assert (found["mailbox"], found["clock"], found["two-accounts"]) == means


@pytest.mark.parametrize("lacking", ["time_based_tokens", "email_codes"])
def test_turning_off_is_judged_whichever_method_is_the_only_one(documented: dict[str, Any], lacking: str) -> None:
    documented["capabilities"][lacking] = False
    documented["mailbox"] = {"kind": "maildir", "path": "/m"}
    profile = Profile.model_validate(documented)
    rows = [row for row in read_scenarios(find_root() / "features") if row.id.startswith("turning_it_off/")]
    judged = {clause for row in rows if gate(profile, row.tags) is None for clause in row.clauses}
    assert judged == {"HELP-2", "PRE-6"}


def test_no_consent_makes_an_account_of_a_pool_one_that_is_changed_for_good(documented: dict[str, Any]) -> None:
    profile = Profile.model_validate(documented)
    assert profile.accounts.kind == "pool"
    tags = ["class.destructive", "needs.throwaway-accounts"]
    assert "not consented" in str(gate(profile, tags))
    left_out = gate(profile, tags, allowed=["destructive"])
    assert left_out is not None
    assert left_out[0] is Outcome.UNTESTED
    assert "account that nobody uses again" in left_out[1]


@pytest.mark.parametrize(
    ("more", "thrown_away"),
    [({}, False), ({"remove": ["remove-account", "{username}"]}, True), ({"password": ["show", "{username}"]}, False)],
)
def test_an_account_that_a_command_makes_is_changed_for_good_only_where_it_is_removed(
    documented: dict[str, Any], more: dict[str, Any], thrown_away: bool
) -> None:
    accounts = {"kind": "command", "make": ["make-account"], **more}
    tags = ["class.destructive", "needs.throwaway-accounts"]
    left_out = gate(Profile.model_validate(documented | {"accounts": accounts}), tags, allowed=["destructive"])
    assert (left_out is None) == thrown_away
    started = {key: value for key, value in documented.items() if key != "url"} | {"start": {"command": ["a-portal"]}}
    ends_with_the_run = Profile.model_validate(started | {"accounts": accounts})
    assert gate(ends_with_the_run, tags, allowed=["destructive"]) is None


def test_whatever_changes_what_an_account_signs_in_with_needs_a_consent_and_an_account_of_its_own() -> None:
    rows = [row for row in read_scenarios(find_root() / "features") if ALTERING & set(row.tags)]
    assert rows
    assert [row.id for row in rows if not {"class.destructive", "needs.throwaway-accounts"} <= set(row.tags)] == []


def test_what_is_told_of_mailed_codes_alone_asks_for_no_app() -> None:
    rows = read_scenarios(find_root() / "features")
    told = {row.id: " ".join(step.text for step in (*row.background, *row.steps)) for row in rows}
    mailed = [row for row in rows if "with email codes" in told[row.id]]
    alone = [row for row in mailed if not re.search(r"time-based|\bapp\b|secret|QR code", told[row.id])]
    assert len(alone) > 10
    assert [row.id for row in alone if "requires.time-based-tokens" in row.tags] == []
