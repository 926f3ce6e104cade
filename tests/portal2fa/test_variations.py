"""The catalogue of variations, what a run over them comes to, and that a wrong choice starts nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal2fa import variation_runner
from portal2fa.clauses import ScenarioOutline, read_scenarios
from portal2fa.cli import _status
from portal2fa.errors import EnvironmentProblem, UsageError
from portal2fa.outcomes import ExitCode
from portal2fa.profile_files import find_root
from portal2fa.selection import Selection
from portal2fa.variations import Variation, choose_variations, load_variations

KNOWN = (
    Variation("dark", "It is dark", "Every page is", "reference"),
    Variation("slow", "It is slow", "So", "slow.toml"),
)
GOOD = 'id = "dark"\ntitle = "It is dark"\ndiffers = "Every page is"\nprofile = "reference"\n'


def catalogue(tmp_path: Path, *tables: str) -> Path:
    path = tmp_path / "catalogue.toml"
    path.write_text("".join(f"[[variation]]\n{table}" for table in tables), "utf-8")
    return path


def test_a_variation_is_read_with_its_own_profile_or_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    own = tmp_path / "profiles" / "slow.toml"
    own.write_text("", "utf-8")
    path = catalogue(tmp_path, GOOD, 'id = "slow"\ntitle = "It is slow"\ndiffers = "So"\n')
    assert load_variations(path) == (KNOWN[0], Variation("slow", "It is slow", "So", str(own)))


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ((GOOD, GOOD), "variation[2]: dark is there twice"),
        ((GOOD.replace('profile = "reference"\n', ""),), "variation[1]: there is no profile at"),
        ((GOOD.replace('"It is dark"', '" "'),), "variation[1]: title: a text is needed here"),
        ((GOOD.replace('"dark"', '"Dark_"'),), "variation[1]: 'Dark_' cannot be the label of a host"),
        ((GOOD + "extra = 1\n",), "variation[1]: extra: there is no such key"),
        ((), "no variations are declared"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(tmp_path: Path, tables: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_variations(catalogue(tmp_path, *tables))
    assert said in str(refused.value)


def test_some_are_chosen_by_name_and_all_without_one() -> None:
    assert choose_variations(KNOWN, []) == KNOWN
    assert choose_variations(KNOWN, ["slow"]) == KNOWN[1:]
    with pytest.raises(UsageError, match="did you mean slow"):
        choose_variations(KNOWN, ["slo"])


def test_all_are_listed_and_one_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["variations", "list", "--json"]) == ExitCode.CONFORMANT
    ids = [variation["id"] for variation in json.loads(capsys.readouterr().out)]
    assert _status(["variations", "list"]) == ExitCode.CONFORMANT
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()[: len(ids)]] == ids
    assert printed.endswith(f"{len(ids)} variations.\n")
    assert _status(["variations", "show", "dark-theme"]) == ExitCode.CONFORMANT
    assert "http://dark-theme.localhost:PORT" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["show", "darker"], ["run", "darker"], ["run", "--lanes", "0"]])
def test_what_does_not_exist_is_refused_before_anything_starts(arguments: list[str], tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "out")] if arguments[0] == "run" else []
    assert _status(["variations", *arguments, *out]) == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


def test_norms_are_run_as_well_as_the_help_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen: list[ScenarioOutline] = []

    def not_started(session: object, known: object, selection: Selection, **how: object) -> None:
        chosen.extend(selection.scenarios)
        raise EnvironmentProblem("The portal was not started.", hint="none is needed")

    monkeypatch.setattr(variation_runner, "run", not_started)
    assert _status(["variations", "run", "dark-theme", "--out", str(tmp_path)]) == ExitCode.INCONCLUSIVE
    assert chosen == list(read_scenarios(find_root() / "features"))
    assert [row for row in chosen if not row.clauses]
