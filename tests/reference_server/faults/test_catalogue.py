"""The declarations of the faults: every one is done, every one that is done is declared, and mistakes are told."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from reference_server.faults import families
from reference_server.faults.catalogue import FOLDER, BadCatalogue, Declared, declared, served
from reference_server.faults.deviation import DEVIATIONS, Deviation, edit, rule
from reference_server.faults.families import FAMILIES, all_faults
from reference_server.policy import Policy
from reference_server.seams import SEAMS
from reference_server.variations.served import all_variations

FAULT = """
[[fault]]
id = "{id}"
title = "Something is wrong"
violates = ["TOTP-1"]
evidence = "{evidence}"
{outcome}
"""
TWICE = FAULT.format(id="a-fault", outcome='not_yet = "x"', evidence="ours")


def catalogue(
    folder: Path,
    identity: str = "a-fault",
    outcome: str = 'not_yet = "no scenario looks"',
    evidence: str = "CVE-2015-7225",
) -> Path:
    text = FAULT.format(id=identity, outcome=outcome, evidence=evidence)
    (folder / "totp.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_declared_is_done_and_what_is_done_is_declared() -> None:
    assert set(all_faults()) == set(DEVIATIONS)


def test_every_family_is_declared_and_done_under_one_name() -> None:
    modules = {module.__name__.rpartition(".")[2] for module in FAMILIES}
    assert {fault.family for fault in declared()} == modules


def test_fault_says_where_it_was_seen_or_that_it_is_ours(tmp_path: Path) -> None:
    with pytest.raises(BadCatalogue, match="a-fault needs title, violates, evidence"):
        declared(catalogue(tmp_path, evidence=""))
    assert [fault.id for fault in declared(catalogue(tmp_path, evidence="ours"))] == ["a-fault"]
    assert declared()


def test_no_fault_waits_for_a_scenario() -> None:
    faults = [fault for file in FOLDER.glob("*.toml") for fault in tomllib.loads(file.read_text("utf-8"))["fault"]]
    assert [fault["id"] for fault in faults if "not_yet" in fault] == []


@pytest.mark.parametrize("fault", all_faults())
def test_substitute_takes_what_its_seam_takes(fault: str) -> None:
    for name, substitute in DEVIATIONS[fault].substitutes.items():
        taken = inspect.signature(SEAMS[name]).parameters.values()
        named = {one.name: None for one in taken if one.kind is one.KEYWORD_ONLY}
        inspect.signature(substitute).bind(*[None] * (len(taken) - len(named) + 1), **named)


@pytest.mark.parametrize("fault", all_faults())
def test_fault_changes_something(fault: str) -> None:
    deviation = DEVIATIONS[fault]
    assert all(getattr(Policy(), name) != value for name, value in deviation.policy.items())
    assert deviation.policy or deviation.substitutes or deviation.templates or deviation.wrappers


def test_every_seam_is_used_by_a_fault_or_a_variation() -> None:
    used = {name for deviation in [*DEVIATIONS.values(), *all_variations().values()] for name in deviation.substitutes}
    for_pages, inside_another_substitute = "pages.templates", "attempts.codes"
    assert set(SEAMS) - used == {for_pages, inside_another_substitute}


@pytest.mark.parametrize(
    ("identity", "outcome", "said"),
    [
        ("Not-A-Label", 'not_yet = "x"', "no label of a host name"),
        ("a" * 64, 'not_yet = "x"', "no label of a host name"),
        ("a-fault", "", "one of"),
        ("a-fault", 'not_yet = "x"\nnot_observable = "x"', "one of"),
        ("a-fault", 'not_yet = "x"\nseverity = "high"', "has no key severity"),
        ("a-fault", "not_yet = x", "totp.toml: "),
        ("a-fault", 'not_yet = "x"' + TWICE, "declared twice"),
    ],
)
def test_wrong_declaration_is_told(tmp_path: Path, identity: str, outcome: str, said: str) -> None:
    with pytest.raises(BadCatalogue, match=said):
        declared(catalogue(tmp_path, identity, outcome))


def test_fault_on_a_variation_deviates_from_that_one() -> None:
    kept = Deviation(policy={"totp_digits": 8, "email_code_digits": 7}, substitutes={"totp.matching_step": first})
    found = Deviation(policy={"totp_digits": 7}, substitutes={"totp.matching_step": then}).upon(kept)
    assert found.policy == {"totp_digits": 7, "email_code_digits": 7}
    assert found.substitutes["totp.matching_step"](lambda code: [code], "1") == ["1", "first", "then"]
    assert kept.substitutes["totp.matching_step"] is first


def first(right: Callable[[str], list[str]], code: str) -> list[str]:
    """What a variation does in the place of a rule."""
    return [*right(code), "first"]


def then(right: Callable[[str], list[str]], code: str) -> list[str]:
    """What a fault does in the place of that."""
    return [*right(code), "then"]


def test_two_that_change_one_page_cannot_stand_upon_each_other() -> None:
    one, other = Deviation(), Deviation()
    for deviation in (one, other):
        deviation.edit("error.html", "{{ text }}", "{{ title }}")
    with pytest.raises(ValueError, match=r"both change error\.html"):
        one.upon(other)


def test_fault_on_a_variation_that_there_is_not_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "declared", lambda: [Declared("app-code-works-twice", "totp", True, "no-such-thing")])
    monkeypatch.setattr(families, "served", lambda faults, known: [fault.id for fault in faults])
    with pytest.raises(BadCatalogue, match="no_such_thing"):
        families.all_faults()


def test_difference_between_declared_and_done_is_told(tmp_path: Path) -> None:
    faults = declared(catalogue(tmp_path))
    assert served(faults, {"a-fault"}) == ["a-fault"]
    with pytest.raises(BadCatalogue, match="declared and not implemented: a-fault"):
        served(faults, set())
    with pytest.raises(BadCatalogue, match="implemented and not declared as observable: other"):
        served(faults, {"a-fault", "other"})


def test_what_nobody_can_see_is_not_served(tmp_path: Path) -> None:
    assert served(declared(catalogue(tmp_path, outcome='not_observable = "it is inside"')), set()) == []


def test_what_goes_against_nothing_violates_nothing_and_is_not_served(tmp_path: Path) -> None:
    file = next(catalogue(tmp_path, outcome='against_nothing = "nobody minds"').glob("*.toml"))
    with pytest.raises(BadCatalogue, match="needs title, violates"):
        declared(tmp_path)
    file.write_text(re.sub(r"violates = .*", "violates = []", file.read_text("utf-8")), encoding="utf-8")
    assert served(declared(tmp_path), set()) == []
    file.write_text(file.read_text("utf-8").replace("against_nothing", "not_yet"), encoding="utf-8")
    with pytest.raises(BadCatalogue, match="needs title, violates"):
        declared(tmp_path)


def test_seams_and_pieces_of_pages_that_do_not_exist_are_told() -> None:
    with pytest.raises(ValueError, match=r"no seam totp\.missing"):
        rule("x", "totp.missing")
    with pytest.raises(ValueError, match="holds 0 times"):
        edit("x", "error.html", "no such text", "")
    DEVIATIONS.pop("x", None)
