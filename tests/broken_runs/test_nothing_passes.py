"""Profiles that would let anything pass: they point at what is always there.  None of them makes a clause hold.

Each is a mistake that a person could make, with the scenario that would pass by it on any portal at all.
A few are tried in every run of the tests, all of them where long tests are asked for.
"""

from __future__ import annotations

import pytest

from portal2fa.clauses import read_scenarios
from tests.broken_runs.cases import MAILBOX, ROOT, Case, Table
from tests.broken_runs.playing import played

NAV, TOTP, MAIL, METH = "finding_the_settings", "time_based_tokens", "email_codes", "choosing_a_method"
HELP, BACKUP, OFF = "help/help.feature", "backup_code/handed_over.feature", "turning_it_off/turning_off.feature"
EVERYTHING = {"css": "body"}
MAIN = {"css": "main"}
STATIC = {"text": "Calm water for your websites."}


def at(table: str, name: str, how: str, instead: object, **more: Table) -> Case:
    """A profile with one entry that says something else; `more` are other tables that go with it."""
    return Case(f"{table}.{name}", how, {table: {name: instead}, **more})


def mailed(how: str, pattern: str) -> Case:
    return Case("mailbox.code_pattern", how, {"mailbox": {**MAILBOX, "code_pattern": pattern}})


FAULTY: list[tuple[Case, str]] = [
    (
        at("controls", "enable", "is a static sentence", {"text": "Anybody who learns your password", "exact": False}),
        f"{NAV}/security_settings.feature#an-account-without-a-second-factor-is-offered-to-turn-it-on",
    ),
    (
        at("controls", "time_based", "is the heading of the methods", {"css": "legend"}),
        f"{METH}/methods.feature#time-based-tokens-are-offered-under-their-name",
    ),
    (
        at("controls", "support_link", "is a static text of every page", STATIC),
        f"{HELP}#signed-out-ana-finds-the-way-to-a-support-ticket",
    ),
    (
        at("controls", "live_chat", "is the link to the front page", {"role": "link", "name": "Harbour Hosting"}),
        f"{HELP}#signed-out-ana-finds-the-live-chat",
    ),
    (
        at("controls", "name", "is the name of the portal", {"role": "link", "name": "Harbour Hosting"}),
        f"{NAV}/name_menu.feature#on-a-kind-screen-the-name-is-in-the-corner",
    ),
    (
        at("controls", "authorization_code", "is the page", EVERYTHING),
        f"{METH}/starting.feature#the-set-up-of-email-codes-begins",
    ),
    (
        at("controls", "security_settings", "is hidden whatever happens", {"css": "template"}),
        f"{NAV}/name_menu.feature#the-options-appear-when-the-menu-is-opened-and-not-before",
    ),
    (
        at("notices", "off", "is always in sight", MAIN),
        f"{METH}/starting.feature#looking-at-the-choice-changes-nothing",
    ),
    (
        at("notices", "on", "is always in sight", {"role": "heading", "name": "Two-Factor Authentication"}),
        f"{TOTP}/confirming.feature#the-confirmation-is-announced-and-the-settings-agree",
    ),
    (
        at("notices", "announced_on", "matches everything", EVERYTHING),
        f"{TOTP}/confirming.feature#turning-time-based-tokens-on-yields-a-backup-code",
    ),
    (
        at("notices", "signed_in", "is the name of the portal", {"role": "link", "name": "Harbour Hosting"}),
        f"{NAV}/signing_in.feature#a-wrong-password-is-refused-and-the-right-one-opens-the-client-area",
    ),
    (
        at("notices", "sign_in_form", "is never in sight", {"css": "template"}),
        f"{NAV}/signing_in.feature#signing-in-leaves-the-sign-in-behind",
    ),
    (
        at("notices", "sign_in_refused", "is always in sight", MAIN),
        f"{NAV}/signing_in.feature#a-wrong-password-is-refused-and-the-right-one-opens-the-client-area",
    ),
    (
        at("notices", "security_settings", "is a text of every page", STATIC),
        f"{NAV}/security_settings.feature#choosing-the-option-shows-the-security-settings",
    ),
    (at("notices", "explanation", "is a text of every page", STATIC), f"{HELP}#the-explanation-can-be-found"),
    (at("notices", "turn_off_explanation", "is the page", EVERYTHING), f"{HELP}#the-way-out-is-explained"),
    (
        at("notices", "turned_off", "is always in sight", MAIN),
        f"{OFF}#once-turned-off-the-password-suffices-again",
    ),
    (at("notices", "safe_advice", "matches everything", EVERYTHING), f"{BACKUP}#the-advice-stands-beside-the-code"),
    (
        at("backup_codes", "pattern", "is a static text", "Keep it in a safe place", controls={"backup_code": MAIN}),
        f"{BACKUP}#the-backup-code-is-shown-and-no-mail-carries-it",
    ),
    (
        at("manual_key", "pattern", "is a static text", "Scan the picture", controls={"manual_key": MAIN}),
        f"{TOTP}/offering_the_secret.feature#the-typed-key-and-the-scanned-secret-are-the-same",
    ),
    (
        mailed("is a year", r"(?<!\d)(20\d\d)(?!\d)"),
        f"{MAIL}/sending.feature#the-plain-and-the-formatted-part-carry-the-same-single-code",
    ),
    (mailed("is a word", "(code)"), f"{MAIL}/confirming.feature#the-code-from-the-mail-can-be-pasted"),
]
SAMPLE = ("notices.safe_advice", "backup_codes.pattern", "mailbox.code_pattern", "notices.signed_in", "controls.enable")
"""Entries of which one each is tried in every run of the tests."""


def decided(chosen: list[tuple[Case, str]]) -> list[str]:
    """The faulty profiles by which a scenario came to anything but that nothing can be told."""
    results = played((case, [scenario]) for case, scenario in chosen)
    assert [len(result["rows"]) for result in results] == [1] * len(chosen)
    ends = [(result["name"], *result["rows"][0][1:]) for result in results]
    return [f"{name}: {outcome}: {reason}" for name, outcome, reason in ends if outcome not in ("cantTell", "refused")]


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    names = {case.name for case, _ in FAULTY}
    assert len(names) == len(FAULTY) >= 15
    known = {row.id for row in read_scenarios(ROOT / "features")}
    assert {scenario for _, scenario in FAULTY} <= known


def test_no_scenario_passes_by_a_profile_that_points_at_what_is_always_there() -> None:
    sample = {case.entry: (case, scenario) for case, scenario in FAULTY if case.entry in SAMPLE}
    assert sorted(sample) == sorted(SAMPLE)
    assert decided(list(sample.values())) == []


@pytest.mark.portals_long
def test_no_faulty_profile_makes_anything_pass() -> None:
    assert decided(FAULTY) == []
