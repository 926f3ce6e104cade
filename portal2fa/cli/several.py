"""`portal2fa run` with several targets: one report each, and one page that has them beside each other."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import portal2fa
from portal2fa.cli.playing import written
from portal2fa.errands import Asked, Errand, Means, errand
from portal2fa.errors import Portal2faError
from portal2fa.outcomes import ExitCode
from portal2fa.overview import Judged, Overview
from portal2fa.profile_files import Target
from portal2fa.report_folder import ReportFolder
from portal2fa.reports import overview_html
from portal2fa.reports.overview_terminal import to_plain


def each(asked: Asked, targets: Sequence[Target], out: Path) -> list[Errand]:
    """What is to be done on each target, whose reports go into folders below `out` that are called like them."""
    return [errand(asked, target, out / name) for target, name in zip(targets, _distinct(targets), strict=True)]


def _distinct(targets: Iterable[Target]) -> Iterator[str]:
    """Their names, with a number behind each that was there before: two addresses share the documented profile."""
    seen: Counter[str] = Counter()
    for name in (target.profile.name for target in targets):
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def judged(errands: Sequence[Errand], means: Means, out: Path) -> ExitCode:
    """Judge one target after the other, each into its folder below `out`; what cannot be run keeps none from it."""
    with ReportFolder(out, known=overview_html.FILE) as folder:
        targets = tuple(_all(errands, means))
        first = errands[0].asked
        overview = Overview(first.register.clauses, targets, portal2fa.__version__, first.command)
        folder.write(partial(overview_html.write, overview))
    sys.stdout.write(to_plain(overview, str(out / "index.html")))
    return overview.exit_code


def _all(errands: Sequence[Errand], means: Means) -> Iterator[Judged]:
    stopped = False
    for one in errands:
        if stopped:
            yield _not_run(one, ExitCode.INTERRUPTED, "The run was stopped before this target.")
            continue
        print(f"\n{one.target.profile.title}", file=sys.stderr, flush=True)
        try:
            result = written(one, means)
        except Portal2faError as error:
            print(f"portal2fa: {error}", file=sys.stderr)
            yield _not_run(one, error.exit_code, str(error))
        else:
            stopped = result.interrupted
            yield Judged.of(one.out.name, result)


def _not_run(one: Errand, code: ExitCode, problem: str) -> Judged:
    profile = one.target.profile
    return Judged(one.out.name, profile.title, profile.url, code, problem=problem)
