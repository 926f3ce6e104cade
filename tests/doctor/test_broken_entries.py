"""With one entry of a profile wrong the doctor names it; with none wrong it names none.

Thirty-eight entries, of every table and kind, are broken in every run of the tests; many more of the reference
profile, and of the portals under test, where long tests are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from portal2fa.doctor import Word
from portal2fa.profile_files import load_target
from portal2fa.profile_tables import Table, merged, read_all
from tests.broken_runs.cases import Case, cases
from tests.doctor.breakages import broken, declared, of_any_portal
from tests.doctor.patience import Waits
from tests.doctor.walked import ROOT, Walked, Ward

CASES = {case.name: case for case in (*cases(), *declared())}
SURELY = (
    "controls.client_area points at nothing",
    "controls.username points at another",
    "controls.password points at nothing",
    "controls.help_link points at nothing",
    "controls.live_chat points at nothing",
    "controls.name points at another",
    "controls.two_factor points at nothing",
    "controls.enable points at nothing",
    "controls.email points at nothing",
    "controls.google_play points at another",
    "controls.qr_code points at another",
    "controls.manual_key points at another",
    "controls.app_code points at nothing",
    "notices.sign_in_form is never shown",
    "notices.sign_in_refused is never shown",
    "notices.security_settings is found like signed_in",
    "notices.off is never shown",
    "notices.choice is never shown",
    "notices.time_based_started is never shown",
    "notices.announced_on is found like signed_in",
    "places.front is gone",
    "places.sign_in is another",
    "places.protected is gone",
    "places.security_settings is another",
    "manual_key.pattern is [A-Z2-7]{4}",
    "timing.period is 60",
    r"mailbox.code_pattern is (\d{7})",
    "mailbox.sender_pattern is nobody@",
    "capabilities.live_chat is declared absent",
    "capabilities.store_links is declared absent",
    "capabilities.front_page is declared absent",
    "capabilities.known_status is declared absent",
    "capabilities.manual_key is declared absent",
    "controls.log_out points at nothing",
    "controls.new_code points at nothing",
    "controls.new_code_password points at nothing",
    "paths.sign_out lacks action 1",
    "paths.new_backup_code lacks action 1",
)
"""Breakages of which the doctor says the very entry."""
AMONG_OTHERS = (
    "paths.open_menu lacks action 0",
    "paths.enable presses another at 0",
    "paths.sign_out lacks action 0",
    "paths.sign_out presses another at 1",
    "paths.new_backup_code lacks action 0",
    "paths.new_backup_code presses another at 1",
)
"""Breakages that look the same from outside as others, all of which are named."""

# Entries that may be wrong without harm: what they are for is proven in another way, or done in vain.
HARMLESS = {
    "controls.use_backup_code": "it is pressed only where it is there",
    "paths.finish": "the page behind it is opened by its address",
    "paths.cancel_time_based presses another at 0": "that leaves the set-up as well",
    "paths.cancel_email presses another at 0": "likewise",
}


def table_of(name: str, **changes: Table) -> Table:
    """The raw table of a shipped profile, with answers that are waited for no longer than they take."""
    target = load_target(name, ROOT)
    table = merged(read_all(target.path, ROOT))
    return table | {key: {**table.get(key, {}), **change} for key, change in changes.items()}


@pytest.fixture(scope="module")
def table() -> Table:
    return table_of("reference", timing={"answer": 3.0}, mailbox={"seconds": 4})


@pytest.mark.parametrize("name", SURELY)
def test_the_broken_entry_is_what_the_doctor_says(name: str, reference: Ward, table: Table) -> None:
    case = CASES[name]
    walked = reference.examine(broken(table, case), case.entry)
    assert case.entry in [check.key for check in walked.problems], walked.told()
    assert walked.problems[0] in walked.naming(case.entry), walked.told()


@pytest.mark.parametrize("name", AMONG_OTHERS)
def test_the_broken_entry_is_among_what_the_doctor_says(name: str, reference: Ward, table: Table) -> None:
    case = CASES[name]
    assert reference.examine(broken(table, case), case.entry).naming(case.entry)


@pytest.mark.portals_long
@pytest.mark.parametrize("name", [name for name in CASES if name not in (*SURELY, *AMONG_OTHERS)])
def test_every_broken_entry_of_the_reference_profile_is_named(name: str, reference: Ward, table: Table) -> None:
    case = CASES[name]
    if reason := HARMLESS.get(case.entry) or HARMLESS.get(name):
        pytest.skip(reason)
    walked = reference.examine(broken(table, case), case.entry)
    assert walked.naming(case.entry), walked.told()


# --- portals under test ---------------------------------------------------------------------------------------------

PORTALS = ("django-two-factor-auth", "flask-security", "pgadmin", "privacyidea", "rdiffweb")
UNKNOWABLE = {
    ("privacyidea", "notices.safe_advice"): "the product gives no such advice, so the right entry is in sight no more",
    ("rdiffweb", "places.front"): "every address leads to the sign-in, and that is all that the front is",
    ("rdiffweb", "places.sign_in"): "likewise",
}
"""Entries whose breakage nothing tells from the right one."""
BROKEN = [
    (name, case) for name in PORTALS for case in of_any_portal(table_of(name)) if (name, case.entry) not in UNKNOWABLE
]


@dataclass(frozen=True)
class Patient:
    """A published portal in the doctor's care: what was said of its right profile, and the one to be broken."""

    ward: Ward
    right: Walked
    table: Table


@pytest.fixture(scope="module")
def patient(request: pytest.FixtureRequest) -> Iterator[Patient]:
    """One portal for all its broken profiles, with as much patience as it was seen to need."""
    target = load_target(request.param, ROOT)
    ward = Ward(target)
    with Waits() as waits:
        right = ward.examine(table_of(request.param), "")
    yield Patient(ward, right, table_of(request.param, timing={"answer": waits.patience(target.profile.timing.answer)}))
    ward.close()


def test_more_than_a_hundred_entries_of_portals_under_test_are_broken() -> None:
    assert len(BROKEN) > 100
    assert {name for name, _ in BROKEN} == {*PORTALS}


@pytest.mark.portals_long
@pytest.mark.parametrize("patient", PORTALS, indirect=True)
def test_nothing_is_wrong_with_the_profile_of_a_portal_under_test(patient: Patient) -> None:
    assert patient.right.problems == [], patient.right.told()
    assert sum(check.word is Word.OK for check in patient.right.checks) > 30


@pytest.mark.portals_long
@pytest.mark.parametrize(
    ("patient", "case"),
    [pytest.param(name, case, id=f"{name}: {case.name}") for name, case in BROKEN],
    indirect=["patient"],
)
def test_a_broken_entry_of_a_portal_under_test_is_named(patient: Patient, case: Case) -> None:
    walked = patient.ward.examine(broken(patient.table, case), case.entry)
    assert walked.naming(case.entry), walked.told()
