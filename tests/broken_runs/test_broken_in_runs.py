"""Runs with one entry of the profile wrong: nothing fails for it, nothing passes by it, and the entry is named.

A few entries, one a kind, are broken in every run of the tests; all of them where long tests are asked for.
"""

from __future__ import annotations

from itertools import groupby

import pytest

from portal2fa.profile_names import CONTROLS
from tests.broken_runs.cases import cases
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
    ("timing.period is 60", f"{TOTP}/signing_in.feature#no-place-behind-the-sign-in-opens-before-the-code-is-given"),
]

REFUSED = ("places.sign_in is another",)
"""Broken entries for which a run does not even begin."""

# Entries that may be wrong without harm: what they are for is proven in another way, or done in vain.
HARMLESS = {
    "controls.use_backup_code": "it is pressed only where it is there",
    "controls.done": "the page behind it is opened by its address",
    "paths.finish": "likewise",
    "notices.choice": "what is claimed of the choice is seen by its controls",
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
def used() -> dict[str, list[str]]:
    """Which entries each scenario uses."""
    [line] = played([])
    return line


def resting_on(entry: str, used: dict[str, list[str]], most: int = 4) -> list[str]:
    """Scenarios that use an entry, each of another feature as far as there are any."""
    kind, _, name = entry.partition(".")
    names = {f"controls.{known}" for known in CONTROLS if CONTROLS[known].capability == name} | {entry}
    touching = [scenario for scenario, entries in used.items() if names & {*entries}]
    if kind in ("mailbox", "backup_codes", "manual_key", "timing"):
        word = {"mailbox": "email_codes", "backup_codes": "backup_code/", "manual_key": "offering"}.get(
            kind, "signing_in"
        )
        touching = [scenario for scenario in used if word in scenario]
        most = 8
    first = list({scenario.partition("#")[0]: scenario for scenario in reversed(touching)}.values())[::-1]
    return [*first, *(scenario for scenario in touching if scenario not in first)][:most]


@pytest.mark.portals_long
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_broken_entry_decides_anything(kind: str, used: dict[str, list[str]]) -> None:
    asked = [(case, resting_on(case.entry, used)) for case in KINDS[kind]]
    assert [case.name for case, chosen in asked if not chosen] == [], "no scenario uses them, so nothing is shown"
    found, unnoticed = [], []
    for (case, _), result in zip(asked, played(asked), strict=True):
        found += [f"{case.name}: {hole}" for hole in holes(case.entry, result["rows"])]
        if all(row[1] == "passed" for row in result["rows"]) and case.entry not in HARMLESS:
            unnoticed.append(case.name)
    assert found == []
    assert unnoticed == []
