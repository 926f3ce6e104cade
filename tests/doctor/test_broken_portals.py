"""With one entry of a product's profile wrong the doctor names it; with none wrong it names none.

Long, so that it is run only where long tests are asked for.  It is a file of its own, as Playwright runs once in a
thread: the reference portal's browser has to be gone before the first product gets one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from portal2fa.doctor import Word
from portal2fa.profile_files import load_target
from portal2fa.profile_tables import Table
from tests.broken_runs.cases import Case
from tests.doctor.breakages import broken, of_any_portal
from tests.doctor.patience import Waits
from tests.doctor.walked import ROOT, Record, Walked, Ward, table_of

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
    try:
        with Waits() as waits:
            right = ward.examine(table_of(request.param), "")
        answer = waits.patience(target.profile.timing.answer)
        yield Patient(ward, right, table_of(request.param, timing={"answer": answer}))
    finally:
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
def test_a_broken_entry_of_a_portal_under_test_is_named(patient: Patient, case: Case, record_property: Record) -> None:
    walked = patient.ward.examine(broken(patient.table, case), case.entry)
    record_property("rank", walked.rank(case.entry))
    assert walked.naming(case.entry), walked.told()
