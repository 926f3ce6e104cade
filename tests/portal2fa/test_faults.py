"""The catalogue of faults: what it says is held against the register and the features, and mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa.errors import UsageError
from portal2fa.faults import Fault, choose, load_catalogue
from portal2fa.feature_files import ScenarioOutline

CLAUSES = ("TOTP-7", "EMAIL-2a")
ROWS = (
    ScenarioOutline("totp/in.feature#a-code-works-once", "A code works once", "totp/in.feature", 3, "r", ()),
    ScenarioOutline("totp/in.feature#what-is-refused", "An old code is refused", "totp/in.feature", 9, "r", ()),
    ScenarioOutline("totp/in.feature#what-is-refused-2", "No code is refused", "totp/in.feature", 10, "r", ()),
    ScenarioOutline("email/in.feature#a-code-works-once", "A code works once", "email/in.feature", 3, "r", ()),
)
RIGHT = {
    "id": '"code-twice"',
    "title": '"A code works twice"',
    "violates": '["TOTP-7", "RFC 6238 section 5.2"]',
    "evidence": '"CVE-2015-7225"',
    "caught_by": '["totp/in.feature: A code works once"]',
}


def write(folder: Path, *tables: dict[str, str], name: str = "totp.toml") -> Path:
    """A file of the catalogue with these tables."""
    text = "\n".join("[[fault]]\n" + "\n".join(f"{key} = {value}" for key, value in table.items()) for table in tables)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def without(key: str, **changes: str) -> dict[str, str]:
    """A right table without one key, or with another in its place."""
    return {name: value for name, value in RIGHT.items() if name != key} | changes


def load(folder: Path) -> tuple[Fault, ...]:
    return load_catalogue(folder, ROWS, CLAUSES)


def test_a_fault_is_read_with_its_family_and_the_ids_of_its_scenarios(tmp_path: Path) -> None:
    [fault] = load(write(tmp_path, RIGHT))
    assert fault == Fault(
        id="code-twice",
        family="totp",
        title="A code works twice",
        violates=("TOTP-7", "RFC 6238 section 5.2"),
        evidence="CVE-2015-7225",
        caught_by=("totp/in.feature: A code works once",),
        scenarios=("totp/in.feature#a-code-works-once",),
    )


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("totp/in.feature: <what> is refused", ["what-is-refused", "what-is-refused-2"]),
        ("totp/in.feature: No code is refused", ["what-is-refused-2"]),
    ],
)
def test_an_outline_stands_for_all_its_rows_and_a_row_for_itself(tmp_path: Path, named: str, ids: list[str]) -> None:
    [fault] = load(write(tmp_path, {**RIGHT, "caught_by": f'["{named}"]'}))
    assert list(fault.scenarios) == [f"totp/in.feature#{one}" for one in ids]


def test_files_are_read_by_name_and_their_faults_in_order(tmp_path: Path) -> None:
    write(tmp_path, {**RIGHT, "id": '"c"'}, name="web.toml")
    write(tmp_path, {**RIGHT, "id": '"b"'}, {**RIGHT, "id": '"a"'})
    assert [(fault.id, fault.family) for fault in load(tmp_path)] == [("b", "totp"), ("a", "totp"), ("c", "web")]


def test_a_fault_may_be_played_on_a_variation(tmp_path: Path) -> None:
    [there] = load(write(tmp_path, {**RIGHT, "on": '"methods-together"'}))
    [here] = load(write(tmp_path, RIGHT))
    assert (there.on, here.on) == ("methods-together", "")
    with pytest.raises(UsageError, match="on: a text is needed here"):
        load(write(tmp_path, {**RIGHT, "on": "true"}))


@pytest.mark.parametrize("end", ["not_observable", "not_yet"])
def test_a_fault_may_say_why_no_scenario_catches_it(tmp_path: Path, end: str) -> None:
    [fault] = load(write(tmp_path, without("caught_by", **{end: '"it is inside"'})))
    assert (getattr(fault, end), fault.scenarios) == ("it is inside", ())


def test_a_fault_may_go_against_nothing(tmp_path: Path) -> None:
    table = without("caught_by", against_nothing='"nobody minds"') | {"violates": "[]"}
    [fault] = load(write(tmp_path, table))
    assert (fault.against_nothing, fault.violates, fault.not_observable) == ("nobody minds", (), "")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (without("caught_by", against_nothing='"x"'), "goes against nothing violates nothing"),
        (without("id"), "fault[1].id: a text is needed"),
        (without("title"), "fault[1] (code-twice).title: a text is needed"),
        (without("violates"), "violates: a list of texts is needed"),
        (without("evidence"), "evidence: a text is needed"),
        (without("violates", violates="[]"), "violates: a list of texts is needed"),
        (without("caught_by", caught_by='"x"'), "caught_by: a list of texts is needed"),
        (without("caught_by"), "exactly one of these is needed, and there is none"),
        ({**RIGHT, "not_yet": '"x"'}, "there are caught_by and not_yet"),
        ({**RIGHT, "caught": '"x"'}, "caught: there is no such key"),
        (without("id", id='"Code twice"'), "'Code twice' cannot be the label of a host"),
        (without("id", id=f'"{"a" * 64}"'), "cannot be the label of a host"),
        (without("violates", violates='["TOTP-8"]'), "there is no clause TOTP-8"),
        (without("caught_by", caught_by='["totp/out.feature: A code works once"]'), "names no feature file"),
        (without("caught_by", caught_by='["A code works once"]'), "names no feature file"),
        (without("caught_by", caught_by='["totp/in.feature: A code works twice"]'), "has no scenario"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, table: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError) as refused:
        load(write(tmp_path, table))
    assert told in str(refused.value)
    assert "totp.toml" in str(refused.value)


def test_a_near_scenario_and_a_near_clause_are_proposed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'A code works once'"):
        load(write(tmp_path, without("caught_by", caught_by='["totp/in.feature: A code works twice"]')))
    with pytest.raises(UsageError, match="did you mean 'EMAIL-2a'"):
        load(write(tmp_path, without("violates", violates='["EMAIL-2"]')))


def test_norms_are_no_clauses(tmp_path: Path) -> None:
    norms = '["CWE-287", "WSTG-ATHN-11", "ASVS 6.3.6", "RFC 4226 section 7.3"]'
    [fault] = load(write(tmp_path, without("violates", violates=norms)))
    assert len(fault.violates) == 4


def test_one_id_twice_is_refused_also_in_two_files(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    with pytest.raises(UsageError, match=r"(?s)web.toml: fault\[1\].id: code-twice is there twice.*totp.toml declares"):
        load(write(tmp_path, RIGHT, name="web.toml"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("[[fault]", "cannot be read as TOML"), ("faults = 1", "there is no such key"), ("", "there are no ")],
)
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "totp.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        load(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no faults are declared there"):
        load(tmp_path)


def known() -> tuple[Fault, ...]:
    return tuple(
        Fault(name, family, name, (), "") for name, family in [("one", "totp"), ("two", "totp"), ("three", "email")]
    )


def test_faults_are_chosen_by_name_and_by_family() -> None:
    assert choose(known(), []) == known()
    assert [fault.id for fault in choose(known(), ["three", "one"])] == ["one", "three"]
    assert [fault.id for fault in choose(known(), [], "totp")] == ["one", "two"]


@pytest.mark.parametrize(
    ("ids", "family", "told"),
    [
        (["tree"], "", "did you mean three"),
        ([], "mail", "did you mean email"),
        (["zzz"], "", "faults list"),
        (["three"], "totp", "No fault is left"),
    ],
)
def test_a_choice_of_nothing_is_refused(ids: list[str], family: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        choose(known(), ids, family)
