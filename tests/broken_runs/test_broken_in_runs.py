"""Runs with one entry of the profile wrong: nothing fails for it, nothing passes by it, and the entry is named.

A few entries, one a kind, are broken in every run of the tests; all of them where long tests are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

import pytest

from portal2fa.profile_names import CONTROLS
from tests.broken_runs.cases import Case, cases
from tests.broken_runs.playing import played

CASES = {case.name: case for case in cases()}
KINDS = {kind: list(found) for kind, found in groupby(CASES.values(), key=lambda case: case.entry.partition(".")[0])}
NAV, TOTP, MAIL, METH = "finding_the_settings", "time_based_tokens", "email_codes", "choosing_a_method"

# One a kind, with a scenario that would fail or pass without need, had nobody thought of it.
SAMPLE: list[tuple[str, str]] = [
    ("controls.live_chat points at nothing", "help/help.feature#signed-out-ana-finds-the-live-chat"),
    ("controls.help_link points at another", "help/help.feature#the-explanation-can-be-found"),
    ("notices.support is found like explanation", "help/help.feature#signed-out-ana-finds-the-way-to-a-support-ticket"),
    ("controls.time_based points at another", f"{METH}/methods.feature#time-based-tokens-are-offered-under-their-name"),
    (
        "notices.announced_on is never shown",
        f"{TOTP}/confirming.feature#the-confirmation-is-announced-and-the-settings-agree",
    ),
    (
        "notices.security_settings is found like signed_in",
        f"{NAV}/security_settings.feature#choosing-the-option-shows-the-security-settings",
    ),
    ("capabilities.live_chat is declared in vain", "help/help.feature#signed-out-ana-finds-the-live-chat"),
    ("notices.off is always shown", f"{METH}/starting.feature#looking-at-the-choice-changes-nothing"),
    ("places.sign_in is another", f"{NAV}/signing_in.feature#signing-in-leaves-the-sign-in-behind"),
    (
        "places.two_factor is another",
        f"{NAV}/security_settings.feature#an-account-without-a-second-factor-is-offered-to-turn-it-on",
    ),
    (
        "paths.sign_in lacks action 1",
        f"{NAV}/signing_in.feature#a-wrong-password-is-refused-and-the-right-one-opens-the-client-area",
    ),
    ("paths.client_area lacks action 0", f"{NAV}/signing_in.feature#the-front-door-leads-to-the-sign-in"),
    (
        "paths.cancel_email lacks action 0",
        f"{METH}/starting.feature#cancelling-the-set-up-of-email-codes-changes-nothing",
    ),
    ("places.protected is gone", f"{NAV}/signing_in.feature#signing-in-leaves-the-sign-in-behind"),
    (r"mailbox.code_pattern is (\d{5})", f"{MAIL}/confirming.feature#the-code-from-the-mail-turns-it-on"),
    (
        "manual_key.pattern is [A-Z2-7]{4}",
        f"{TOTP}/offering_the_secret.feature#the-typed-key-and-the-scanned-secret-are-the-same",
    ),
    (
        "notices.new_password_mailed is always shown",
        "security/password_reset.feature#after-a-reset-a-code-of-the-app-is-still-asked-for",
    ),
    ("notices.time_based_asked is always shown", f"{TOTP}/signing_in.feature#a-fresh-browser-is-asked-for-a-code"),
    (
        "notices.time_based_started is always shown",
        f"{METH}/starting.feature#scanning-the-qr-code-and-going-away-changes-nothing",
    ),
    (
        "notices.sign_in_refused is never shown",
        "security/guessing.feature#after-at-most-a-hundred-wrong-passwords-the-right-one-is-refused-as-well",
    ),
    (
        "notices.email_refused is always shown",
        f"{MAIL}/expiry.feature#a-second-after-the-limit-the-code-is-refused-and-nothing-is-turned-on",
    ),
    ("timing.period is 60", f"{TOTP}/signing_in.feature#no-place-behind-the-sign-in-opens-before-the-code-is-given"),
]

REFUSED = ("places.sign_in is another",)
"""Broken entries for which a run does not even begin."""

Used = dict[str, dict[str, list[str]]]
"""What each scenario asks for and exercises, by its id."""
ALLOWED: dict[tuple[str, str], str] = {
    (f"notices.signed_in {how}", f"{NAV}/name_menu.feature#on-a-kind-screen-the-name-is-in-the-corner"): (
        "the name of the account is seen by a control of its own"
    )
    for how in ("is never shown", "is always shown")
} | {
    (
        "notices.time_based_sign_in_refused is never shown",
        "security/odd_codes.feature#what-brings-no-error-and-the-right-code-then-signs-in",
    ): "that the portal has no error shows by its status, and that it goes on by the right code",
}
"""Passes by a scenario that exercises the broken entry and does not rest on it, each with the reason."""

# Entries that may be wrong without harm: what they are for is proven in another way, or done in vain.
HARMLESS = {
    "controls.use_backup_code": "it is pressed only where it is there",
    "controls.done": "the page behind it is opened by its address",
    "paths.finish": "likewise",
    "notices.choice": "what is claimed of the choice is seen by its controls",
    "places.client_area is another": "there, too, the portal says who is signed in, which is all that is asked of it",
}


def holes(entry: str, rows: list[list[str]]) -> list[str]:
    """Outcomes that a broken entry must not lead to: a failure, or one that does not name it where nothing is told."""
    failed = [f"{scenario} failed: {reason}" for scenario, outcome, reason in rows if outcome == "failed"]
    unnamed = [
        f"{scenario} does not name {entry}: {reason}"
        for scenario, outcome, reason in rows
        if outcome in ("cantTell", "refused") and entry not in reason
    ]
    return failed + unnamed


def test_a_broken_entry_of_each_kind_is_named_and_decides_nothing() -> None:
    results = played((CASES[name], [scenario]) for name, scenario in SAMPLE)
    assert len(results) == len(SAMPLE)
    for (name, scenario), result in zip(SAMPLE, results, strict=True):
        refused = name in REFUSED
        assert [row[:2] for row in result["rows"]] == [["", "refused"] if refused else [scenario, "cantTell"]], result
        assert holes(CASES[name].entry, result["rows"]) == []


@pytest.fixture(scope="module")
def used() -> Used:
    """Which entries each scenario asks the portal for, and which of them it exercises, with the right profile."""
    [line] = played([])
    return line


def entries_of(entry: str) -> set[str]:
    """An entry as a profile's coverage has it; of a capability, the controls that go with it."""
    kind, _, name = entry.partition(".")
    if kind == "capabilities":
        return {f"controls.{known}" for known in CONTROLS if CONTROLS[known].capability == name}
    return {"mailbox.code_pattern" if kind == "mailbox" else entry}


def exercises(entry: str, entries: Collection[str]) -> bool:
    """Whether an entry, or a part of it, is among the entries that were exercised."""
    return not entries_of(entry).isdisjoint(key.partition("[")[0] for key in entries)


def resting_on(entry: str, used: Used, most: int = 4) -> list[str]:
    """Scenarios that exercise an entry, then such as ask for it, each of another feature as far as there are any."""
    exercising = [scenario for scenario, had in used.items() if exercises(entry, had["exercises"])]
    asking = [scenario for scenario, had in used.items() if entries_of(entry) & {*had["asks"]}]
    touching = list(dict.fromkeys([*exercising, *asking]))
    first = list({scenario.partition("#")[0]: scenario for scenario in reversed(touching)}.values())[::-1]
    return sorted(
        [*first, *(scenario for scenario in touching if scenario not in first)],
        key=exercising.__contains__,
        reverse=True,
    )[:most]


def passes(case: Case, rows: list[list[str]], used: Used) -> list[str]:
    """Scenarios that passed although they exercise the broken entry, and for no reason that is known."""
    passed = [scenario for scenario, outcome, _ in rows if outcome == "passed"]
    resting = [scenario for scenario in passed if exercises(case.entry, used[scenario]["exercises"])]
    if {case.entry, case.name} & {*HARMLESS}:
        return []
    return [f"{scenario} passed" for scenario in resting if (case.name, scenario) not in ALLOWED]


@pytest.mark.portals_long
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_broken_entry_decides_anything(kind: str, used: Used) -> None:
    asked = [(case, resting_on(case.entry, used)) for case in KINDS[kind]]
    assert [case.name for case, chosen in asked if not chosen] == [], "no scenario uses them, so nothing is shown"
    found = []
    for (case, _), result in zip(asked, played(asked), strict=True):
        told = [*holes(case.entry, result["rows"]), *passes(case, result["rows"], used)]
        if all(row[1] == "passed" for row in result["rows"]) and not {case.entry, case.name} & {*HARMLESS}:
            told.append("nobody notices")
        found += [f"{case.name}: {hole}" for hole in told]
    assert found == [], "\n".join(found)
