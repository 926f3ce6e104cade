"""`portal2fa doctor`: a profile and its means, proven on the portal before a run; no verdict."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import allow_option, browser_options, filter_options, locale_option, out_option

if TYPE_CHECKING:
    from portal2fa.doctor import Check, Examination


@click.command("doctor")
@click.argument("target", metavar="TARGET")
@locale_option
@filter_options
@allow_option
@out_option
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="also write what was found as JSON; - for standard output",
)
@browser_options
def command(  # noqa: PLR0913, PLR0917  click gives every option a parameter of its own
    target: str,
    locale: str,
    tags: tuple[str, ...],
    clauses: tuple[str, ...],
    norms: tuple[str, ...],
    allow: tuple[str, ...],
    out: Path,
    json_file: Path | None,
    headed: bool,
    named: str | None,
    endpoint: str | None,
    cdp: str | None,
) -> int:
    """Prove a profile and its means on the portal, before a run.

    TARGET is what `run --target` takes.  It signs in, turns each declared method on and off again with an account of
    the profile, and says of every entry whether it is right; for what is wrong it proposes an edit.  Tags, clauses and
    consents only choose the run that the outlook is for.  The page is doctor/index.html in the report folder.

    Exit codes: 0 all good, 2 problems in the profile, 3 the portal or the means could not be checked, 4 an account
    could not be put back, 5 a fault of portal2fa, 130 interrupted.
    """
    from portal2fa import doctoring
    from portal2fa.browsers import find_browser
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.consent import consented
    from portal2fa.doctor import exit_code
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.report_folder import ReportFolder
    from portal2fa.reports.doctor_html import write
    from portal2fa.reports.doctor_json import to_json
    from portal2fa.reports.writing import write_atomically
    from portal2fa.selection import select
    from portal2fa.session import Session

    root = find_root()
    chosen = select(read_scenarios(root / "features"), tags=tags, clauses=clauses, norms=norms)
    loaded = load_target(target, root, locale=locale)
    choice = find_browser(named=named, headed=headed, endpoint=endpoint, cdp=cdp)
    silent = json_file is not None and str(json_file) == "-"
    shower = _Shower(err=silent)
    with ReportFolder(out / "doctor", known="doctor.json") as folder:
        session = Session(
            target=loaded,
            root=root,
            register=load_register(root / "features" / "clauses.toml"),
            browser=choice,
            recorder=folder.recorder,
            headed=headed,
            evidence="none",
            allowed=consented(allow, loaded.profile),
        )
        found = doctoring.examine(
            session, chosen.scenarios, command=shlex.join(["portal2fa", *sys.argv[1:]]), tell=shower.tell
        )
        folder.write(lambda place: write(found, place))
    if silent:
        click.echo(to_json(found), nl=False)
    elif json_file is not None:
        write_atomically(json_file, to_json(found))
    shower.end(found, out / "doctor" / "index.html")
    return int(exit_code(found))


class _Shower:
    """A line for each check as it comes, and the problems with their edits at the end."""

    def __init__(self, *, err: bool) -> None:
        self._err = err
        self._part = ""

    def _say(self, line: str = "") -> None:
        click.echo(line, err=self._err)

    def tell(self, check: Check) -> None:
        """A check has come."""
        if check.part != self._part:
            self._part = check.part
            self._say(f"\n{check.part}")
        self._say(f"  {check.word.value:<12} {check.key:<36} {check.said}")

    def end(self, found: Examination, page: Path) -> None:
        """The problems, the outlook, and where the page lies."""
        from portal2fa import doctor_best
        from portal2fa.doctor import Word, sentence
        from portal2fa.doctor_outlook import in_words

        for check in found.of(Word.PROBLEM):
            self._problem(check)
        counts = ", ".join(f"{number} {word.value}" for word, number in found.counts.items() if number)
        self._say(f"\n{found.title} ({found.name}): {counts}")
        self._say(sentence(found))
        if found.outlook.scenarios:
            self._say(f"{in_words(found.outlook)} That is an estimate, from:")
            for said in found.outlook.rests_on:
                self._say(f"  {said}")
        for word, reason, number in found.outlook.left_out:
            self._say(f"  {number} {word}: {reason}")
        if said := doctor_best.in_words(found.outlook):
            self._say(said)
        for one in found.outlook.in_the_way:
            self._say(f"  {doctor_best.line(one)}")
        self._say(f"\n{page}")

    def _problem(self, check: Check) -> None:
        where = f"{check.file}:{check.line}: " if check.file else ""
        self._say(f"\n{where}{check.key}: {check.said}")
        for word, text in (("cause", check.cause), ("hint", check.hint)):
            if text:
                self._say(f"  {word + ':':<9} {text}")
        if check.suspects:
            self._say(f"  {'or else:':<9} {', '.join(check.suspects)}")
        for edit in check.edits:
            self._say(f"  {'proposal:':<9} [{edit.table}] {edit.line}")
