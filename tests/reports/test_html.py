"""index.html: everything found is on the page, nothing of it is code, and every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest

from portal2fa.outcomes import Evidence, Outcome, Result
from portal2fa.reports import to_html, write_all
from portal2fa.reports.html import file_href, in_words, moment, paragraphs, web_href

VOID = {"meta", "link", "img", "br", "hr", "input", "path", "circle", "rect", "use"}


class Page(HTMLParser):
    """A page as lists: tags with attributes, text by the summary it stands in, and a check that tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.always_shown = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag and open it."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that must be the innermost."""
        if tag not in VOID:
            assert self._open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Keep visible text; text of a closed `details` counts as shown only inside its summary."""
        if "style" in self._open:
            return
        self.text += data
        if "details" not in self._open or "summary" in self._open:
            self.always_shown += data

    def values(self, name: str) -> Iterator[str]:
        """All values of an attribute."""
        return (attributes[name] for _, attributes in self.tags if name in attributes)


@pytest.fixture
def page(sample: Result) -> Page:
    return Page(to_html(sample))


def test_the_verdict_is_told_in_words_with_what_was_tested_by_what_and_when(sample: Result, page: Page) -> None:
    first_screen = page.text.split("All clauses at a glance")[0]
    assert "Not conformant" in first_screen
    for fact in (sample.target.url, sample.target.profile_digest, sample.suite_digest, sample.browser,
                 "portal2fa 0.1.0", "24 November 2026, 06:41:07 UTC", "2\u00a0min 12\u00a0s"):  # fmt: skip
        assert fact in first_screen, fact


def test_the_first_screen_says_what_was_not_tested_and_why(page: Page) -> None:
    first_screen = page.text.split("All clauses at a glance")[0].split("What was not tested, and why")[1]
    for reason in ("names no mailbox", "were not consented to", "backup codes are not offered", "about app stores"):
        assert reason in first_screen


@pytest.mark.parametrize("word", ["conformant", "not conformant", "inconclusive"])
def test_each_verdict_has_its_word_and_its_shape(sample: Result, word: str) -> None:
    outcome = {"conformant": Outcome.PASSED, "not conformant": Outcome.FAILED}.get(word, Outcome.UNTESTED)
    html = to_html(replace(sample, scenarios=tuple(replace(s, outcome=outcome) for s in sample.scenarios)))
    shape = {"conformant": "passed", "not conformant": "failed"}.get(word, "cantTell")
    assert f"</span>{word.capitalize()}</h2>" in html
    assert re.search(rf'<section class="verdict {shape}"[^>]*>\s*<svg class="shape {shape}"', html)


def test_a_partial_run_is_neither_green_nor_a_warning(sample: Result) -> None:
    passed = tuple(replace(s, outcome=Outcome.PASSED) for s in sample.scenarios)
    html = to_html(replace(sample, scenarios=passed, selection="tags @journey (12 of 187 scenarios)"))
    assert "</span>Partial run, no verdict</h2>" in html
    assert re.search(r'<section class="verdict untested"[^>]*>\s*<svg class="shape untested"', html)
    assert "tags @journey (12 of 187 scenarios)" in html


def test_text_of_the_portal_is_escaped_everywhere(sample: Result) -> None:
    bad = '"><script>x()</script><img src=x onerror=y()>'
    scenario = replace(
        sample.scenarios[6], name=bad, rule=bad, reason=bad, seen=bad, expected=bad, feature=bad,
        tags=(bad,), clauses=(bad,),
        evidence=(Evidence("text", bad, bad, bad), Evidence("screenshot", bad, bad + ".png")),
    )  # fmt: skip
    target = replace(sample.target, title=bad, name=bad, notes=(bad,), url="javascript:alert(1)")
    page = Page(to_html(replace(sample, target=target, scenarios=(scenario,), problems=(bad,), command=bad)))
    assert not [tag for tag, _ in page.tags if tag == "script"]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not [href for href in page.values("href") if href.startswith("javascript")]
    assert page.text.count(bad) >= 8


def test_the_page_runs_no_script_and_fetches_nothing_from_elsewhere(sample: Result, page: Page) -> None:
    assert not {"script", "iframe", "object", "embed", "form", "link"} & {tag for tag, _ in page.tags}
    assert all(src.startswith("./") for src in page.values("src"))
    assert "default-src 'none'" in to_html(sample)
    css = files("portal2fa.reports").joinpath("static/report.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_every_scenario_that_is_not_passed_shows_its_reason_without_a_click(sample: Result) -> None:
    for scenario in sample.scenarios:
        reason = f"The reason of {scenario.id}."
        if scenario.outcome is not Outcome.PASSED:
            alone = replace(sample, clauses=(), scenarios=(replace(scenario, reason=reason),))
            chapter = Page(to_html(alone)).always_shown.rsplit("Each rule below", 1)[0]
            summaries = re.findall(r"<summary>.*?</summary>", to_html(alone), re.DOTALL)
            assert reason in chapter
            assert any(reason in summary for summary in summaries)


def test_every_scenario_and_clause_is_on_the_page_even_without_prose(sample: Result) -> None:
    page = Page(to_html(replace(sample, features=())))
    ids = set(page.values("id"))
    assert len([identity for identity in ids if identity.startswith("s-")]) == len(sample.scenarios)
    assert len([identity for identity in ids if identity.startswith("clause-")]) == len(sample.clauses)


def test_prose_stands_before_results_and_keeps_its_paragraphs(sample: Result) -> None:
    html = to_html(sample)
    section = html[html.index('id="f-email-codes-expiry-feature"') :]
    assert section.index("It starts when the customer") < section.index("A code lives for ten minutes")
    assert section.index("A code lives for ten minutes") < section.index("Why: the second") < section.index("<details")
    assert "<p>It starts when the customer has shown that the second factor is in hand, and not before.</p>" in html


def test_failures_stand_before_what_could_not_be_told_and_both_before_all_else(sample: Result) -> None:
    html = to_html(sample)
    order = [
        'class="failure failed"',
        'class="failure cantTell"',
        'id="deviations"',
        'id="register"',
        'class="chapter"',
    ]
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    assert "set the age limit in the mail method" in html[html.index(order[0]) : html.index(order[1])]


def test_the_contents_name_the_sections_in_the_order_in_which_they_stand(sample: Result) -> None:
    html = to_html(sample)
    contents = html[html.index('<nav aria-label="Contents">') : html.index("</nav>")]
    named = re.findall(r'href="#([^"]+)"', contents)
    assert named[0] == "failures"
    assert named == sorted(named, key=lambda name: html.index(f'id="{name}"'))


def test_what_failed_says_how_to_fix_it_and_nothing_else_does(sample: Result) -> None:
    html = to_html(sample)
    failure = html[html.index('class="failure failed"') : html.index('class="failure cantTell"')]
    means, remedy = failure.index("<b>What it means</b>"), failure.index("<b>How to fix it</b>")
    assert means < remedy
    assert "refuse it at <code>10</code> minutes &amp; later." in failure[remedy:]
    assert html.count("How to fix it") == 1, "neither what passed nor what could not be told needs it"
    before = replace(sample, clauses=tuple(replace(clause, remedy="") for clause in sample.clauses))
    assert "How to fix it" not in to_html(before)


def test_what_the_portal_offers_and_the_tester_has_is_told_in_words(sample: Result) -> None:
    offers = {"email_codes": True, "known_status": False}
    target = replace(sample.target, capabilities=offers, means={"mailbox": True, "two-accounts": False})
    text = to_html(replace(sample, target=target))
    for label, words in [
        ("Offered", "email codes"),
        ("Not offered", "word on whether two-factor sign-in is on"),
        ("Tester had", "mailbox"),
        ("Tester lacked", "second account"),
    ]:
        assert f"<dt>{label}</dt><dd>{words}</dd>" in text


def test_both_wordings_of_a_deviation_are_shown(page: Page) -> None:
    for wording in ("Click Here to Enable", "Security Settings", "Account security"):
        assert wording in page.always_shown


def test_links_to_evidence_and_reports_resolve(sample: Result, report_folder: Path) -> None:
    write_all(sample, report_folder)
    page = Page((report_folder / "index.html").read_text(encoding="utf-8"))
    local = [value for name in ("href", "src") for value in page.values(name) if value.startswith("./")]
    assert len(local) >= 8
    assert [link for link in local if not (report_folder / unquote(link)).is_file()] == []


def test_links_inside_the_page_resolve_and_no_id_is_used_twice(page: Page) -> None:
    ids = list(page.values("id"))
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


def test_ids_that_look_alike_get_different_anchors(sample: Result) -> None:
    first = sample.scenarios[0]
    alike = (replace(first, id="a.feature#x y"), replace(first, id="a.feature#x-y"), replace(first, id="a.feature#X-Y"))
    anchors = [i for i in Page(to_html(replace(sample, scenarios=alike))).values("id") if i.startswith("s-")]
    assert len(set(anchors)) == 3


def test_pictures_are_loaded_lazily_and_have_a_text(page: Page) -> None:
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert len(pictures) >= 3
    assert all(picture["loading"] == "lazy" and picture["alt"] for picture in pictures)


def test_faults_of_the_run_stand_on_the_first_screen(sample: Result) -> None:
    text = Page(to_html(replace(sample, not_restored=("ana@portal.example",), interrupted=True))).text
    assert "ana@portal.example" in text.split("What was tested")[0]


def test_a_result_without_anything_in_it_still_makes_a_page(sample: Result) -> None:
    assert "Inconclusive" in Page(to_html(replace(sample, clauses=(), features=(), scenarios=()))).text


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("evidence/a b#1.png", "./evidence/a%20b%231.png"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("/etc/passwd", ""),
        ("../outside.png", ""),
        ("a/../../b", ""),
        ("..\\b", ""),
        ("", ""),
    ],
)
def test_only_files_below_the_report_are_linked(path: str, href: str) -> None:
    assert file_href(path) == href


@pytest.mark.parametrize("url", ["javascript:x()", "data:text/html,x", "file:///etc", "http://[bad"])
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_href(url) == ""
    assert web_href("https://portal.example/") == "https://portal.example/"


def test_times_and_prose_are_written_for_people() -> None:
    assert moment("2026-01-02T01:30:00+02:00") == "1 January 2026, 23:30:00 UTC"
    assert moment("yesterday") == "yesterday"
    assert [in_words(s) for s in (0.04, 9.4, 59.7, 185)] == [
        "0.0\u00a0s", "9.4\u00a0s", "1\u00a0min 0\u00a0s", "3\u00a0min 5\u00a0s",
    ]  # fmt: skip
    assert paragraphs("  One\n  two.\n\n\n  Three.  ") == ["One two.", "Three."]


def _palettes() -> list[dict[str, str]]:
    css = files("portal2fa.reports").joinpath("static/report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark", "print"])
def test_every_text_colour_has_wcag_aa_contrast_on_every_ground(palette: dict[str, str]) -> None:
    grounds = [name for name in palette if name in ("paper", "card", "faint") or name.endswith("-wash")]
    texts = ["ink", "soft", "link", "passed", "failed", "cantTell", "untested", "inapplicable"]
    for text in texts:
        for ground in grounds:
            light, dark = sorted((_luminance(palette[text]), _luminance(palette[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_many_reasons_fold_after_the_first_seven_and_none_is_lost(sample: Result) -> None:
    base = sample.scenarios[8]
    many = tuple(replace(base, id=f"{base.feature}#n-{n}", reason=f"Reason number {n}.") for n in range(20))
    page = Page(to_html(replace(sample, scenarios=many)))
    gaps = page.text.split("What was not tested, and why")[1].split("All clauses at a glance")[0]
    assert all(f"Reason number {n}." in gaps for n in range(20))
    assert "further reasons" in page.always_shown


def test_many_ways_of_not_knowing_do_not_push_what_was_left_out_off_the_first_screen(sample: Result) -> None:
    lost = sample.scenarios[4]
    many = tuple(replace(lost, id=f"{lost.feature}#n-{n}", reason=f"Reason number {n}.") for n in range(9))
    text = Page(to_html(replace(sample, scenarios=(*many, sample.scenarios[8])))).always_shown
    gaps = text.split("What was not tested, and why")[1].split("All clauses at a glance")[0]
    assert "9 scenarios could not be carried to their end, for 9 reasons" in gaps
    assert sample.scenarios[8].reason in gaps
    assert all(f"Reason number {n}." in text.split("What failed or could not be decided")[1] for n in range(9))
