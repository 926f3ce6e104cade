"""Ways that change what an account signs in with: which entries only they need, and that none is half there."""

from __future__ import annotations

from portal2fa.profile_altering import WAYS, entries, lacking
from portal2fa.profile_checks import complaints
from portal2fa.profile_files import find_root, load_target, shipped
from portal2fa.profile_names import OPTIONAL, TABLES

REFERENCE = load_target("reference", find_root()).profile


def test_each_entry_of_a_way_is_a_name_that_no_portal_needs() -> None:
    known = {f"{table}.{name}": entry for table, names in TABLES.items() for name, entry in names.items()}
    assert {known[key].when for way in WAYS for key in way} == {OPTIONAL}


def test_controls_that_only_these_ways_use_belong_to_them() -> None:
    found = entries(REFERENCE)
    assert {"controls.forgotten", "controls.new_password", "paths.choose_new_password"} <= found
    assert "controls.username" not in found


def test_a_way_that_is_half_there_is_told() -> None:
    paths = {name: path for name, path in REFERENCE.paths.items() if name != "choose_new_password"}
    half = REFERENCE.model_copy(update={"paths": paths})
    assert list(lacking(half)) == [("paths.choose_new_password", "paths.ask_for_new_password")]
    assert list(lacking(REFERENCE)) == []
    told = [complaint for complaint in complaints(half) if complaint.key == "paths.choose_new_password"]
    assert [complaint.what for complaint in told] == ["is missing (paths.ask_for_new_password is there)"]


def test_of_the_shipped_profiles_only_the_reference_has_such_ways() -> None:
    names = {key.partition(".")[2] for way in WAYS for key in way}
    files = shipped(find_root())
    assert {name for name, file in files.items() if any(key in file.read_text("utf-8") for key in names)} == {
        "reference"
    }
