"""`make bench`: measure, and write `docs/benchmarks.md`; `python -m bench peers` measures one section of it."""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import (
    agreement,
    clock,
    contest,
    contest_page,
    figures,
    journey_page,
    machine,
    page,
    profile_page,
    profiling,
    scaling,
    scaling_page,
    steadiness,
    whole,
    whole_page,
)
from bench.entrants import ENTRANTS, YARDSTICK, Entrant
from bench.kept_runs import KeptRuns
from bench.processes import CannotMeasure

Texts = Iterator[str]
"""A section as it is known so far, again and again."""
_WALKS = 12
"""Whether 1, 2 or 4 are walked at once, nobody's last round is a part of one."""


def main(argv: list[str]) -> int:
    """Measure and write the page: 0 whatever the figures are, 2 when a section could not be measured, 130 interrupted.

    Each section is written as soon as something of it is known, and what comes later takes nothing of it away.
    """
    given = _parser().parse_args(argv)
    try:
        missed = _sections(given)
    except KeyboardInterrupt:
        print(f"bench: interrupted; what was measured until then is in {given.out}", file=sys.stderr)
        return 130
    for name, why in missed.items():
        print(f"bench: {name} was not measured to its end: {why}", file=sys.stderr)
    print(f"bench: {given.out} is written", file=sys.stderr)
    return 2 if missed else 0


def _sections(given: argparse.Namespace) -> dict[str, str]:
    """Measure one section after the other; the names of those that did not come to their end, with the reason."""
    missed = {}
    names = given.sections or page.SECTIONS
    try:
        browser = figures.browser()
    except CannotMeasure as error:
        return dict.fromkeys(names, str(error))
    for number, name in enumerate(names, start=1):
        facts = machine.facts(browser)
        _say(f"{name}, section {number} of {len(names)}, at a load of {facts[machine.LOAD]}")
        measured = page.measured(facts, clock.today())
        try:
            for text in _MEASURE[name](given, measured):
                put(given.out, name, text)
        except CannotMeasure as error:
            missed[name] = str(error)
        except Exception as error:  # a mistake of ours, which takes no other section along
            traceback.print_exc()
            missed[name] = repr(error)
    return missed


def put(out: Path, name: str, text: str) -> None:
    """Write one section of the page anew, and leave the others as they are."""
    old = page.read(out.read_text("utf-8")) if out.exists() else {}
    out.write_text(page.compose({**old, name: text}), "utf-8")


def _journey(given: argparse.Namespace, measured: str) -> Texts:
    taken = figures.journeys(few=given.few, many=given.many, rounds=given.rounds, say=_say)
    yield journey_page.journeys(taken, measured)


def _peers(given: argparse.Namespace, measured: str) -> Texts:
    for taken in contest.take(chosen(given.only), times=given.scenarios, rounds=given.rounds, say=_say):
        yield contest_page.peers(taken, measured)


def chosen(only: list[str] | None) -> list[Entrant]:
    """The entrants whose names begin with one of these words, and the yardstick; without words, all."""
    return [one for one in ENTRANTS if one.name == YARDSTICK or not only or one.name.startswith(tuple(only))]


def _scaling(given: argparse.Namespace, measured: str) -> Texts:
    ways = scaling.ways(sorted(set(given.lanes)), sorted(set(given.workers)))
    plot: Path = given.out.with_name(f"{given.out.stem}-scaling.svg")
    for taken in scaling.take(sorted(set(given.sizes)), ways, rounds=given.scaling_rounds, say=_say):
        plot.write_text(scaling_page.picture(taken), "utf-8")
        yield scaling_page.scaling(taken, measured, plot.name)


def _steadiness(given: argparse.Namespace, measured: str) -> Texts:
    yield steadiness.page(steadiness.take(given.many_scenarios, given.steady_lanes, say=_say), measured)


def _agreement(given: argparse.Namespace, measured: str) -> Texts:
    kept = KeptRuns(figures.ROOT / ".cache" / "bench" / "agreement.json", figures.ROOT)
    for known in agreement.take(given.full_runs, say=_say, before=kept.read() if given.go_on else ()):
        kept.keep(known.runs)
        yield agreement.page(known, measured)


def _profile(given: argparse.Namespace, measured: str) -> Texts:
    yield profile_page.profile(profiling.take(_say), measured)


def _whole(given: argparse.Namespace, measured: str) -> Texts:
    for taken in whole.take(rounds=given.whole_rounds, say=_say):
        yield whole_page.whole(taken, measured)


def _start(given: argparse.Namespace, measured: str) -> Texts:
    yield whole_page.starts(whole.starts(rounds=given.starts, say=_say), measured, given.starts)


def _run(given: argparse.Namespace, measured: str) -> Texts:
    yield journey_page.runs(figures.runs(_say), measured)


_MEASURE: dict[str, Callable[[argparse.Namespace, str], Texts]] = {
    "journey": _journey,
    "peers": _peers,
    "whole": _whole,
    "start": _start,
    "scaling": _scaling,
    "steadiness": _steadiness,
    "agreement": _agreement,
    "profile": _profile,
    "run": _run,
}


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    sections = ", ".join(page.SECTIONS)
    add("sections", nargs="*", metavar="SECTION", type=_section, help=f"what to measure: {sections} (default all)")
    add("--rounds", type=_positive, default=2, help="how often to measure in journey and peers (default %(default)s)")
    add("--whole-rounds", type=_positive, default=1, help="whole: how often to measure (default %(default)s)")
    add("--starts", type=_positive, default=5, help="start: how often to measure (default %(default)s)")
    add("--few", type=_positive, default=2, help="journey: repetitions of the small run (default %(default)s)")
    add("--many", type=_positive, default=10, help="journey: repetitions of the large run (default %(default)s)")
    add("--scenarios", type=_positive, default=_WALKS, help="peers: scenarios of each runner (default %(default)s)")
    add("--only", nargs="+", metavar="NAME", help=f"peers: {', '.join(one.name for one in ENTRANTS)}, or beginnings")
    add("--sizes", nargs="+", type=_positive, default=[10, 50, 200], help="scaling: scenarios (default %(default)s)")
    add("--lanes", nargs="+", type=_positive, default=[1, 2, 3, 4], help="scaling: lanes (default %(default)s)")
    add("--workers", nargs="+", type=_positive, default=[1, 2, 3, 4], help="scaling: workers (default %(default)s)")
    add("--scaling-rounds", type=_positive, default=1, help="scaling: how often to measure (default %(default)s)")
    add("--many-scenarios", type=_many, default=500, help="steadiness: scenarios (default %(default)s)")
    add("--steady-lanes", type=_positive, default=4, help="steadiness: lanes (default %(default)s)")
    add("--go-on", action="store_true", help="agreement: after the runs of a measurement that was interrupted")
    add("--full-runs", type=_positive, default=20, help="agreement: runs (default %(default)s)")
    add("--out", type=Path, default=figures.ROOT / "docs" / "benchmarks.md", help="the page to write")
    return parser


def _section(text: str) -> str:
    if text not in page.SECTIONS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(page.SECTIONS)}")
    return text


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number of at least 1 is needed")
    return number


def _many(text: str) -> int:
    number = int(text)
    if number < steadiness.LEAST:
        raise argparse.ArgumentTypeError(f"a number of at least {steadiness.LEAST} is needed")
    return number


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is under way is ended with all that it started
    sys.exit(main(sys.argv[1:]))
