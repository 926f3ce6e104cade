"""`make bench`: measure, and write `docs/benchmarks.md`; `python -m bench peers` measures one section of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
from bench.processes import CannotMeasure


def main(argv: list[str]) -> int:
    """Measure and write the page: 0 whatever the figures are, 2 when something could not be measured."""
    given = _parser().parse_args(argv)
    try:
        browser = figures.browser()
        for name in given.sections or page.SECTIONS:
            _say(name)
            measured = page.measured(machine.facts(browser), clock.today())
            put(given.out, name, _MEASURE[name](given, measured))
    except CannotMeasure as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(f"bench: {given.out} is written", file=sys.stderr)
    return 0


def put(out: Path, name: str, text: str) -> None:
    """Write one section of the page anew, and leave the others as they are."""
    old = page.read(out.read_text("utf-8")) if out.exists() else {}
    out.write_text(page.compose({**old, name: text}), "utf-8")


def _journey(given: argparse.Namespace, measured: str) -> str:
    taken = figures.journeys(few=given.few, many=given.many, rounds=given.rounds, say=_say)
    return journey_page.journeys(taken, measured)


def _peers(given: argparse.Namespace, measured: str) -> str:
    taken = contest.take(chosen(given.only), times=given.scenarios, rounds=given.rounds, say=_say)
    return contest_page.peers(taken, measured)


def chosen(only: list[str] | None) -> list[Entrant]:
    """The entrants whose names begin with one of these words, and the yardstick; without words, all."""
    return [one for one in ENTRANTS if one.name == YARDSTICK or not only or one.name.startswith(tuple(only))]


def _scaling(given: argparse.Namespace, measured: str) -> str:
    taken = scaling.take(sorted(set(given.sizes)), sorted(set(given.lanes)), rounds=given.scaling_rounds, say=_say)
    plot: Path = given.out.with_name(f"{given.out.stem}-scaling.svg")
    plot.write_text(scaling_page.picture(taken), "utf-8")
    return scaling_page.scaling(taken, measured, plot.name)


def _steadiness(given: argparse.Namespace, measured: str) -> str:
    return steadiness.page(steadiness.take(given.many_scenarios, given.steady_lanes, say=_say), measured)


def _agreement(given: argparse.Namespace, measured: str) -> str:
    text = ""
    for known in agreement.take(given.full_runs, say=_say):
        text = agreement.page(known, measured)
        put(given.out, "agreement", text)  # what is known so far stays when the rest cannot be had
    return text


def _profile(given: argparse.Namespace, measured: str) -> str:
    return profile_page.profile(profiling.take(), measured)


def _whole(given: argparse.Namespace, measured: str) -> str:
    return whole_page.whole(whole.take(rounds=given.whole_rounds, say=_say), measured)


def _start(given: argparse.Namespace, measured: str) -> str:
    return whole_page.starts(whole.starts(rounds=given.starts, say=_say), measured, given.starts)


def _run(given: argparse.Namespace, measured: str) -> str:
    return journey_page.runs(figures.runs(_say), measured)


_MEASURE: dict[str, Callable[[argparse.Namespace, str], str]] = {
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
    add("--scenarios", type=_positive, default=10, help="peers: scenarios of each runner (default %(default)s)")
    add("--only", nargs="+", metavar="NAME", help=f"peers: {', '.join(one.name for one in ENTRANTS)}, or beginnings")
    add("--sizes", nargs="+", type=_positive, default=[10, 40], help="scaling: scenarios (default %(default)s)")
    add("--lanes", nargs="+", type=_positive, default=[1, 2, 3, 4], help="scaling: lanes (default %(default)s)")
    add("--scaling-rounds", type=_positive, default=1, help="scaling: how often to measure (default %(default)s)")
    add("--many-scenarios", type=_positive, default=500, help="steadiness: scenarios (default %(default)s)")
    add("--steady-lanes", type=_positive, default=4, help="steadiness: lanes (default %(default)s)")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
