"""What the person at the terminal sees after a run: the verdict first, then what is not as it should be.

On a terminal it is a table with colour; in a pipe, a CI log, a dumb terminal or under `NO_COLOR`
(https://no-color.org) it is plain lines with the same content.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from portal2fa.baseline import Acceptance, Standing
from portal2fa.norms import NormStanding
from portal2fa.outcomes import ClauseResult, Outcome, Result, Verdict, clause_results, is_partial, verdict
from portal2fa.reports import beyond
from portal2fa.reports.accepted import Shown, accepted, broken, broken_line, named, shown_clause, shown_scenario, why
from portal2fa.reports.coverage import coverage_line
from portal2fa.reports.summary import (
    WORDS,
    Difference,
    chapter_titles,
    clause_reason,
    differences,
    headline,
    next_step,
    plain,
    present,
    verdict_sentence,
)

STYLES: dict[Shown, str] = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "bold red",
    Standing.ACCEPTED: "magenta",
    Outcome.CANT_TELL: "yellow",
    Outcome.UNTESTED: "cyan",
    Outcome.INAPPLICABLE: "dim",
}
MARKS: dict[Shown, str] = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Standing.ACCEPTED: "≈",
    Outcome.CANT_TELL: "?",
    Outcome.UNTESTED: "○",
    Outcome.INAPPLICABLE: "□",
}
_NORM_STYLES = {
    NormStanding.REFUTED: "bold red",
    NormStanding.CANT_TELL: "yellow",
    NormStanding.UNTESTED: "cyan",
    NormStanding.PROVEN: "green",
    NormStanding.INAPPLICABLE: "dim",
    NormStanding.NOT_LOOKED_AT: "cyan",
    NormStanding.NOT_OBSERVABLE: "dim",
    NormStanding.POLICY: "magenta",
}
_VERDICT_STYLES = {
    Verdict.CONFORMANT: "bold white on dark_green",
    Verdict.ACCEPTED: "bold white on dark_magenta",
    Verdict.NOT_CONFORMANT: "bold white on dark_red",
    Verdict.INCONCLUSIVE: "bold black on yellow",
}
_PARTIAL_STYLE = "bold white on grey37"


def show(result: Result, report: str, stream: TextIO, environment: Mapping[str, str], *, width: int = 0) -> None:
    """Write the summary of `result` to `stream`; `report` is where the report lies, as the person would type it."""
    if wants_colour(stream, environment):
        text = to_rich(result, report, width=width or None)
    else:
        text = to_plain(result, report)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """True for a terminal that was not asked to be plain: a set NO_COLOR and TERM=dumb both ask."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def to_plain(result: Result, report: str) -> str:
    """The summary as lines without colour or control characters; a line holds one fact."""
    target = result.target
    lines = [f"{headline(result).upper()}: {target.title} ({target.url})", verdict_sentence(result)]
    lines += [f"clauses: {_counts(shown_clause(row) for row in clause_results(result))}"]
    lines += [f"scenarios: {_counts(shown_scenario(result, s) for s in result.scenarios)}"]
    lines += [f"norms: {beyond.norm_line(result)}"] if result.norms else []
    lines += [f"selection: {result.selection}"] if result.selection else []
    lines += [f"profile: {_profile(result)}"] if result.profile_entries else []
    told: dict[str, str] = {}
    for chapter, rows in _open_chapters(result):
        lines += ["", chapter]
        for row in rows:
            shown = WORDS[shown_clause(row)]
            lines.append(f"  {shown}: {row.clause.id} ({row.clause.force.value}) {row.clause.paraphrase}")
            lines.append("    why: " + "\n         ".join(_why(row, told)))
    lines += _plain_differences(differences(result))
    lines += _plain_norms(result)
    lines += ["", "Accepted findings"] if accepted(result) else []
    lines += [f"  {named(entry)}: {why(entry)}" for entry in accepted(result)]
    lines += [""] + [f"warning: {warning}" for warning in _warnings(result)]
    lines += [f"report: {report}", f"next: {next_step(result)}"]
    return "\n".join(plain(line) for line in lines) + "\n"


def to_rich(result: Result, report: str, *, width: int | None = None) -> str:
    """The summary with colour and tables, as text with ANSI sequences."""
    console = Console(
        file=io.StringIO(), force_terminal=True, color_system="256", width=width, highlight=False, legacy_windows=False
    )
    console.print(Group(*_rich_parts(result, report)))
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n")).rstrip("\n") + "\n\n"


def _rich_parts(result: Result, report: str) -> Iterator[RenderableType]:
    target = result.target
    style = _PARTIAL_STYLE if is_partial(result) else _VERDICT_STYLES[verdict(result)]
    head = Text.assemble((f" {headline(result).upper()} ", style), "  ", (plain(target.title), "bold"))
    yield Group("", head.append(f"  {plain(target.url)}", "dim"), Text(plain(verdict_sentence(result))), "")
    yield _labelled("clauses", _rich_counts(shown_clause(row) for row in clause_results(result)))
    yield _labelled("scenarios", _rich_counts(shown_scenario(result, s) for s in result.scenarios))
    if result.norms:
        yield _labelled("norms", _rich_norm_counts(result))
    if result.selection:
        yield _labelled("selection", Text(plain(result.selection)))
    if result.profile_entries:
        yield _labelled("profile", Text(plain(_profile(result)), "dim"))
    yield _open_table(result)
    met = differences(result)
    if met:
        yield _difference_table(met)
    yield from _rich_norms(result)
    if accepted(result):
        yield _accepted_table(accepted(result))
    for warning in _warnings(result):
        yield Text.assemble(("warning  ", "bold red"), plain(warning))
    yield Group("", _labelled("report", Text(plain(report))), _labelled("next", Text(plain(next_step(result)))), "")


def _open_table(result: Result) -> Table:
    """Clauses that are not passed under the names of their chapters, in columns that line up."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True, style="dim")
    table.add_column(ratio=1)
    told: dict[str, str] = {}
    for chapter, rows in _open_chapters(result):
        table.add_row()
        table.add_row("", "", "", Text(plain(chapter), "bold underline"))
        for row in rows:
            what = Text(plain(row.clause.paraphrase)).append("\n" + plain("\n".join(_why(row, told))), "dim")
            shown = shown_clause(row)
            mark = Text(f"{MARKS[shown]} {WORDS[shown]}", STYLES[shown])
            table.add_row(mark, Text(plain(row.clause.id)), row.clause.force.value, what)
    return table


def _accepted_table(entries: tuple[Acceptance, ...]) -> Table:
    title = Text("\nAccepted findings", "bold")
    table = Table("finding", "until", "reason", title=title, title_justify="left", box=SIMPLE_HEAD)
    for entry in entries:
        table.add_row(Text(plain(named(entry))), Text(entry.until), Text(plain(entry.reason)))
    return table


def _profile(result: Result) -> str:
    """How much of the profile was exercised, and which profile it was."""
    return f"{coverage_line(result)} ({result.target.profile_digest[:19]})"


def _difference_table(met: tuple[Difference, ...]) -> Table:
    title = Text("\nHelp page and portal differ", "bold")
    table = Table("clause", "documented", "seen", title=title, title_justify="left", box=SIMPLE_HEAD)
    for item in met:
        deviation = item.deviation
        cells = (deviation.clause, f"“{deviation.documented}”", f"“{deviation.seen}”")
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _plain_differences(met: tuple[Difference, ...]) -> list[str]:
    lines = ["", "Help page and portal differ"] if met else []
    for item in met:
        deviation = item.deviation
        words = f'documented "{deviation.documented}", seen "{deviation.seen}"'
        lines.append(f"  {deviation.clause}: {deviation.control}: {_one_line(words)}")
    return lines


def _plain_norms(result: Result) -> list[str]:
    """What has to be looked at beyond the help text; it decides no verdict."""
    lines = []
    for row, reason in beyond.told(result):
        section = row.section
        lines += [f"  {row.standing.value}: {section.id} ({section.level}) {section.paraphrase}", f"    why: {reason}"]
    for row in beyond.policies(result):
        lines.append(f"  {row.standing.value}: {row.section.id} ({row.section.level}) {row.section.policy}")
    return ["", f"{beyond.TITLE} (decides no verdict)", *lines] if lines else []


def _rich_norms(result: Result) -> Iterator[RenderableType]:
    rows = [(row, f"{row.section.paraphrase}\n{reason}") for row, reason in beyond.told(result)]
    rows += [(row, row.section.policy) for row in beyond.policies(result)]
    if not rows:
        return
    title = Text.assemble(("\n" + beyond.TITLE, "bold"), " (decides no verdict)")
    table = Table("", "section", "level", "what", title=title, title_justify="left", box=SIMPLE_HEAD)
    for row, words in rows:
        mark = Text(row.standing.value, _NORM_STYLES[row.standing])
        table.add_row(mark, Text(plain(row.section.id)), Text(row.section.level), Text(plain(words)))
    yield table


def _rich_norm_counts(result: Result) -> Text:
    found = [Text(f"{number} {word.value}", _NORM_STYLES[word]) for word, number in beyond.norm_counts(result)]
    return Text("   ").join(found)


def _warnings(result: Result) -> Iterator[str]:
    yield from (f"account not restored: {account}" for account in result.not_restored)
    yield from (f"baseline: {broken_line(entry)}" for entry in broken(result))
    yield from result.problems
    if warning := beyond.norm_warning(result):
        yield warning
    if result.interrupted:
        yield "the run was interrupted before its end"


def _open_chapters(result: Result) -> Iterator[tuple[str, list[ClauseResult]]]:
    """Clauses that are not passed, by chapter in register order, worst news first within a chapter.

    What the run's filter left out is told by the verdict and the counts, not clause by clause.
    """
    titles = chapter_titles(result)
    chapters: dict[str, list[ClauseResult]] = {}
    for row in clause_results(result):
        selected = bool(row.scenarios) or not result.selection
        if row.outcome is not Outcome.PASSED and selected:
            chapters.setdefault(titles.get(row.clause.chapter, row.clause.chapter) or "Clauses", []).append(row)
    for chapter, rows in chapters.items():
        yield chapter, sorted(rows, key=lambda row: -row.outcome.rank)


def _why(row: ClauseResult, told: dict[str, str]) -> list[str]:
    """The reason of a clause, line by line; one of several lines is told once, and then by the clause in `told`."""
    reason = clause_reason(row)
    if reason in told:
        return [f"as for {told[reason]}"]
    lines = [" ".join(line.split()) for line in reason.splitlines() if line.strip()]
    if len(lines) > 1:
        told[reason] = row.clause.id
    return lines


def _counts(shown: Iterable[Shown]) -> str:
    return ", ".join(f"{n} {WORDS[o]}" for o, n in present(shown)) or "none"


def _rich_counts(shown: Iterable[Shown]) -> Text:
    found = [Text(f"{MARKS[o]} {n} {WORDS[o]}", STYLES[o]) for o, n in present(shown)]
    return Text("   ").join(found) if found else Text("none", "dim")


def _labelled(label: str, value: Text) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=9, style="dim")
    grid.add_column()
    grid.add_row(label, value)
    return Padding(grid, 0)


def _one_line(text: str) -> str:
    return " ".join(text.split())
