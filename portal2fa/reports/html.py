"""index.html: the report that people read, from the first screen to the last step.

One page without script and without anything fetched from elsewhere: style is inside, evidence lies beside it.  All
text that came from a portal is escaped by Jinja2's autoescape and isolated from the direction of the text around
it; links are only made to files below the report folder and to http(s) addresses.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from portal2fa import facts
from portal2fa.baseline import Standing
from portal2fa.norms import norm_results
from portal2fa.outcomes import Outcome, Result, Verdict, clause_results, exit_code, is_partial, norms_of, verdict
from portal2fa.reports import accepted, beyond, summary
from portal2fa.reports import html_model as model
from portal2fa.reports.accepted import Shown
from portal2fa.reports.coverage import coverage, coverage_line

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
_SPACE = "\u00a0"
_SHAPES = {
    Verdict.CONFORMANT: "passed",
    Verdict.ACCEPTED: "accepted",
    Verdict.NOT_CONFORMANT: "failed",
    Verdict.INCONCLUSIVE: "cantTell",
}

MEANINGS: dict[Shown, str] = {
    Outcome.PASSED: "The portal was seen to do what the clause says.",
    Outcome.FAILED: "The portal was seen to do something else; what was expected and what was seen are kept.",
    Standing.ACCEPTED: "It failed, and somebody answers for that with a reason, until a date; it counts as no pass.",
    Outcome.CANT_TELL: "The scenario could not be carried to its end, for a reason that is not the portal's answer.",
    Outcome.UNTESTED: "It was not tried: a means was missing, consent was not given, or it was not selected.",
    Outcome.INAPPLICABLE: "The profile declares that the portal does not offer this.",
}
"""What each outcome word means, as printed at the foot of the report."""

TRACE_NOTE = (
    "opens it in the folder of the report. Secrets that the run knew, and what looks like one, are masked, and pictures"
    " and what was sent are left out; look at it before you hand it on."
)
"""What stands beside a trace."""


def to_html(result: Result) -> str:
    """`result` as one HTML page; evidence is linked relative to the folder the page will lie in."""
    shown = partial(accepted.shown_scenario, result)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            result=result,
            target=result.target,
            headline=summary.headline(result),
            verdict_shape="untested" if is_partial(result) else _SHAPES[verdict(result)],
            verdict_sentence=summary.verdict_sentence(result),
            next_step=summary.next_step(result),
            exit_code=int(exit_code(result)),
            seconds=summary.duration(result),
            clause_counts=summary.present(accepted.shown_clause(row) for row in clause_results(result)),
            scenario_counts=summary.present(shown(s) for s in result.scenarios),
            as_shown=shown,
            accepted=accepted.accepted(result),
            broken=accepted.broken(result),
            scenarios={scenario.id: scenario for scenario in result.scenarios},
            gaps=summary.gaps(result),
            differences=summary.differences(result),
            failures=model.failures_first(result),
            coverage=coverage(result),
            coverage_line=coverage_line(result),
            groups=model.clause_groups(result),
            chapters=model.chapters(result),
            scenario_anchor=model.scenario_anchors(result),
            clause_anchor=model.clause_anchors(result),
            clauses={clause.id: clause for clause in result.clauses},
            norms={section.id: section for section in result.norms},
            norm_rows=norm_results(result),
            norm_groups=model.norm_groups(result),
            norm_line=beyond.norm_line(result),
            norm_warning=beyond.norm_warning(result),
            norm_anchor=model.norm_anchors(result),
        )
    )


@cache
def environment() -> Environment:
    """The templates of the reports, with the filters that they share."""
    environment = Environment(
        loader=PackageLoader("portal2fa.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        word=lambda outcome: summary.WORDS[outcome],
        reason=summary.reason_of,
        clause_reason=summary.clause_reason,
        shown_clause=accepted.shown_clause,
        norms_of=norms_of,
        norm_reason=beyond.norm_reason,
        norm_shape=lambda row: beyond.SHAPES[row.standing],
        broken_line=accepted.broken_line,
        paragraphs=paragraphs,
        moment=moment,
        seconds=in_words,
        file_href=file_href,
        web_href=web_href,
        is_picture=lambda path: path.lower().endswith(_PICTURES),
        code=code_spans,
        fact=facts.in_words,
    )
    environment.globals.update(
        css=_css("report"),
        doctor_css=_css("doctor"),
        faults_css=_css("faults"),
        meanings=MEANINGS,
        trace_note=TRACE_NOTE,
        outcomes=summary.SHOWN_FIRST,
    )
    return environment


def paragraphs(text: str) -> list[str]:
    """Split prose at blank lines and re-flow each paragraph to one line."""
    blocks = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]


def moment(iso: str) -> str:
    """An ISO 8601 time as `24 November 2026, 06:41:07 UTC`; unreadable text is returned as it is."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    at = at.astimezone(UTC) if at.tzinfo else at
    return f"{at.day} {at:%B %Y, %H:%M:%S} UTC"


def in_words(seconds: float) -> str:
    """A length of time for people: `0.4 s`, `12 s`, `3 min 5 s`, with spaces that do not break."""
    if seconds < 10:
        return f"{seconds:.1f}{_SPACE}s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}{_SPACE}min {rest}{_SPACE}s" if minutes else f"{rest}{_SPACE}s"


def file_href(path: str) -> str:
    """`path` as a link relative to the page; empty unless it names a file below the page's folder."""
    parts = PurePosixPath(path).parts
    is_below = bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path
    return f"./{quote(path, safe='/')}" if is_below else ""


def web_href(url: str) -> str:
    """`url` when it is an http(s) address, else the empty string."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def code_spans(text: str) -> Markup:
    """Escape `text` and turn what stands between backticks into code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return Markup.escape(text)
    marked = [Markup("<code>{}</code>").format(p) if i % 2 else Markup.escape(p) for i, p in enumerate(pieces)]
    return Markup("").join(marked)


def _css(name: str) -> Markup:
    return Markup(files("portal2fa.reports").joinpath(f"static/{name}.css").read_text(encoding="utf-8"))
