"""How much of the profile was exercised, in every report."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from portal2fa.outcomes import Result
from portal2fa.reports import to_html, to_json, to_junit
from portal2fa.reports.coverage import coverage, coverage_line
from portal2fa.reports.terminal import to_plain, to_rich

LINE = "3 of 5 entries exercised, 2 never, 1 found by CSS only"


def test_the_numbers_add_up_and_css_counts_only_where_it_was_found(sample: Result) -> None:
    assert coverage_line(sample) == LINE


def test_entries_are_listed_by_file_and_in_the_order_of_its_lines(sample: Result) -> None:
    never = coverage(sample).never
    assert [(found.file, [entry.key for entry in found.entries]) for found in never] == [
        ("profiles/example-portal.toml", ["controls.done", "paths.finish[0]"])
    ]


def test_every_report_tells_of_the_profile(sample: Result) -> None:
    assert f"profile: {LINE} (sha256:9f2c41d07ab3" in to_plain(sample, "report")
    assert LINE in to_rich(sample, "report", width=120)
    numbers = {"": "5", "_exercised": "3", "_never_exercised": "2", "_found_by_css_only": "1"}
    for suite in ET.fromstring(to_junit(sample)).findall("testsuite"):
        told = {found.get("name"): found.get("value") for found in suite.findall("properties/property")}
        assert {name: told.get(f"profile_entries{name}") for name in numbers} == numbers
        assert told["profile_digest"] == sample.target.profile_digest
    assert json.loads(to_json(sample))["result"]["profile_entries"][0]["key"] == "controls.enable"
    page = to_html(sample)
    assert f"{LINE}." in page
    for words in ("Never exercised", "Found by CSS only", "<code>paths.finish[0]</code>", "line 41"):
        assert words in page
    assert all(file.digest in page for file in sample.target.files)


def test_a_result_without_entries_says_nothing_of_them(sample: Result) -> None:
    bare = replace(sample, profile_entries=())
    assert "profile:" not in to_plain(bare, "report")
    assert 'id="coverage"' not in to_html(bare)
    assert "profile_entries" not in to_junit(bare)
