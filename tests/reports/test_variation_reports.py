"""The table of variations as a page, as JSON and on the terminal: the same facts, everything escaped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from portal2fa.outcomes import ExitCode, Outcome, Result, Verdict
from portal2fa.reports.summary import PARTIAL
from portal2fa.reports.variation_html import to_html, to_json, write
from portal2fa.reports.variation_texts import summary
from portal2fa.variation_table import Table, exit_code, make_table, sentence
from portal2fa.variations import Variation
from tests.reports.test_html import Page

DARK = Variation("dark", "It is dark", "Every <b>page</b> is", "reference")
SLOW = Variation("slow", "It is slow", "So it is", "slow.toml")
GREEN = (Outcome.PASSED, Outcome.INAPPLICABLE)


def green(result: Result) -> Result:
    """The result with what is not green left out."""
    return replace(
        result,
        scenarios=tuple(one for one in result.scenarios if one.outcome in GREEN),
        interrupted=False,
        problems=(),
    )


def table(result: Result) -> Table:
    return make_table((DARK, SLOW), {"dark": green(result), "slow": replace(result, interrupted=False)})


def test_a_row_is_green_only_where_everything_passed_or_is_inapplicable(sample: Result) -> None:
    whole = green(sample)
    assert make_table((DARK,), {"dark": whole}).rows[0].green
    for outcome in set(Outcome) - set(GREEN):
        spoilt = replace(whole, scenarios=(*whole.scenarios, replace(whole.scenarios[0], outcome=outcome)))
        made = make_table((DARK,), {"dark": spoilt})
        assert not made.rows[0].green
        assert exit_code(made) is ExitCode.NOT_CONFORMANT
    assert not make_table((DARK,), {"dark": replace(whole, problems=("a fault",))}).rows[0].green


def test_of_a_part_it_is_not_said_that_everything_was_seen_to_hold(sample: Result) -> None:
    whole = make_table((DARK,), {"dark": green(sample)})
    part = make_table((DARK,), {"dark": replace(green(sample), selection="tags smoke")})
    assert sentence(whole).startswith("The variation is green: ")
    assert sentence(make_table((DARK, SLOW), {"dark": green(sample), "slow": green(sample)})).startswith("All 2 ")
    assert "the rest of the specification was not run" in sentence(part)
    for text in (summary(part, "there"), to_html(part)):
        assert PARTIAL in text


def test_exit_codes(sample: Result) -> None:
    whole = green(sample)
    assert exit_code(make_table((DARK,), {"dark": whole})) is ExitCode.CONFORMANT
    assert exit_code(table(sample)) is ExitCode.NOT_CONFORMANT
    assert exit_code(make_table((DARK,), {"dark": replace(whole, interrupted=True)})) is ExitCode.INTERRUPTED


def test_the_page_has_every_row_its_numbers_and_what_needs_a_look(sample: Result) -> None:
    made = table(sample)
    page = Page(to_html(made))
    assert "1 of 2 variations are green; 1 need a look." in page.always_shown
    for row in made.rows:
        assert row.variation.id in page.always_shown
        assert row.variation.differs in page.always_shown
    for scenario in made.rows[1].trouble:
        assert scenario.name in page.always_shown
    links = [tags["href"] for tag, tags in page.tags if tag == "a"]
    assert "dark/index.html" in links
    assert not [tag for tag, _ in page.tags if tag == "script"]


def test_json_and_terminal_say_the_same(sample: Result) -> None:
    made = table(sample)
    found = json.loads(to_json(made))
    assert [row["green"] for row in found["variations"]] == [True, False]
    assert found["exit_code"] == ExitCode.NOT_CONFORMANT
    assert found["variations"][1]["verdict"] == Verdict.NOT_CONFORMANT.value
    assert sum(found["variations"][1]["outcomes"].values()) == len(sample.scenarios)
    text = summary(made, "there/index.html")
    assert all(one["id"] in text for one in found["variations"][1]["trouble"])
    assert "report: there/index.html" in text


def test_each_variation_has_its_whole_report_beside_the_table(sample: Result, tmp_path: Path) -> None:
    write(table(sample), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "variations.json", "dark", "slow"}
    assert {path.name for path in (tmp_path / "slow").iterdir()} == {"index.html", "result.json", "junit.xml"}
