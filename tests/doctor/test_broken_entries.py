"""With one entry of a profile wrong the doctor names it; with none wrong it names none.

Thirty-nine entries, of every table and kind, are broken in every run of the tests; many more where long
tests are asked for; those of the portals under test are in `test_broken_portals.py`.
"""

from __future__ import annotations

import tomllib

import pytest

from portal2fa import profile_altering
from portal2fa.doctor import Check
from portal2fa.doctor_edits import CAME
from portal2fa.profile_files import load_target
from portal2fa.profile_tables import Table
from tests.broken_runs.cases import cases
from tests.doctor.breakages import broken, declared
from tests.doctor.walked import INSIDE, OUTSIDE, ROOT, SIGN_IN, Record, Walked, Ward, table_of

UNWALKED = profile_altering.entries(load_target("reference", ROOT).profile) | {"places.deep_link", "notices.throttled"}
"""Entries that the doctor says it does not check."""
CASES = {case.name: case for case in (*cases(), *declared()) if case.entry not in UNWALKED}
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
    "backup_codes.pattern is [A-Z0-9]{4}",
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
FIRST = 3
"""Among so many entries of a problem the broken one is named."""
NOTHING_TO_SEE = {
    "notices.sign_in_refused is never shown": "it is told once the right password has signed in",
    "notices.security_settings is found like signed_in": "it is told before the settings are opened",
    "notices.announced_on is found like signed_in": "it is told before anything is turned on",
}
"""Breakages that are told where the right element is not in sight, and why."""
MOVED = {
    "places.front is gone": (OUTSIDE,),
    "places.sign_in is another": (OUTSIDE,),
    "places.client_area is another": (OUTSIDE, SIGN_IN),
    "places.security_settings is another": (INSIDE,),
    "places.two_factor is another": (INSIDE,),
    "places.protected is gone": (INSIDE,),
}
"""Places that are wrong, and the parts that tell of them and come to the right ones."""

# Entries that may be wrong without harm: what they are for is proven in another way, or done in vain.
HARMLESS = {
    "controls.use_backup_code": "it is pressed only where it is there",
    "paths.finish": "the page behind it is opened by its address",
    "paths.cancel_time_based presses another at 0": "that leaves the set-up as well",
    "paths.cancel_email presses another at 0": "likewise",
}


@pytest.fixture(scope="module")
def table() -> Table:
    return table_of("reference", timing={"answer": 3.0}, mailbox={"seconds": 4})


@pytest.mark.parametrize("name", SURELY)
def test_the_broken_entry_is_what_the_doctor_says(
    name: str, reference: Ward, table: Table, record_property: Record
) -> None:
    case = CASES[name]
    walked = reference.examine(broken(table, case), case.entry)
    record_property("rank", walked.rank(case.entry))
    assert case.entry in [check.key for check in walked.problems], walked.told()
    assert walked.problems[0] in walked.naming(case.entry), walked.told()
    told = walked.of(case.entry)
    assert told.edits or told.hint, walked.told()
    if case.entry.startswith(("controls.", "notices.", "backup_codes.", "manual_key.")):
        assert aims_well(name, walked, told), [edit.line for edit in told.edits]
    if case.entry.startswith("paths."):
        path = case.entry.removeprefix("paths.")
        assert tomllib.loads(told.edits[0].line) == {path: table["paths"][path]}


def aims_well(name: str, walked: Walked, told: Check) -> bool:
    """Whether the first edit finds what the right entry does, or for a notice something else that came with it."""
    if name in NOTHING_TO_SEE:
        return walked.aims is None
    came = told.key.startswith("notices.") and told.edits and told.edits[0].because == CAME
    return walked.aims is True or bool(came)


def test_a_refusal_is_proposed_by_what_the_portal_said_then(reference: Ward, table: Table) -> None:
    case = CASES["notices.sign_in_refused is never shown"]
    told = reference.examine(broken(table, case), case.entry).of(case.entry)
    assert told.edits[0].line == 'sign_in_refused = { text = "The email address or password is not right." }'


def test_a_notice_that_is_in_sight_too_early_is_proposed_once_the_way_led_on(reference: Ward, table: Table) -> None:
    case = CASES["notices.security_settings is found like signed_in"]
    told = reference.examine(broken(table, case), "", (INSIDE,)).of(case.entry)
    assert told.edits[0].line == 'security_settings = { role = "heading", name = "Security Settings" }'


@pytest.mark.parametrize("name", AMONG_OTHERS)
def test_the_broken_entry_is_among_what_the_doctor_says(
    name: str, reference: Ward, table: Table, record_property: Record
) -> None:
    case = CASES[name]
    walked = reference.examine(broken(table, case), case.entry)
    record_property("rank", walked.rank(case.entry))
    assert 1 <= walked.rank(case.entry) <= FIRST, walked.told()


@pytest.mark.parametrize("name", MOVED)
def test_the_address_to_which_the_way_led_is_proposed(name: str, reference: Ward, table: Table) -> None:
    case = CASES[name]
    walked = reference.examine(broken(table, case), "", MOVED[name])
    place, right = case.entry.removeprefix("places."), table["places"][case.entry.removeprefix("places.")]
    assert tomllib.loads(walked.of(case.entry).edits[0].line) == {
        place: right if isinstance(right, str) else right[:-1]
    }, walked.told()


@pytest.mark.portals_long
@pytest.mark.parametrize("name", [name for name in CASES if name not in (*SURELY, *AMONG_OTHERS)])
def test_every_broken_entry_of_the_reference_profile_is_named(
    name: str, reference: Ward, table: Table, record_property: Record
) -> None:
    case = CASES[name]
    if reason := HARMLESS.get(case.entry) or HARMLESS.get(name):
        pytest.skip(reason)
    walked = reference.examine(broken(table, case), case.entry)
    record_property("rank", walked.rank(case.entry))
    assert walked.naming(case.entry), walked.told()
