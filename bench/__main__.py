"""`make bench`: measure, then write `docs/benchmarks.md`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import clock, figures, machine, page
from bench.processes import CannotMeasure


def main(argv: list[str]) -> int:
    """Measure and write the page: 0 whatever the figures are, 2 when nothing could be measured."""
    given = _parser().parse_args(argv)
    try:
        before = machine.facts("")
        taken = figures.take(few=given.few, many=given.many, rounds=given.rounds, say=_say)
    except CannotMeasure as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    text = page.write(taken, before | {"browser": taken.browser}, clock.today())
    given.out.write_text(text, "utf-8")
    print(text)
    return 0


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=_positive, default=3, help="how often to measure both (default %(default)s)")
    parser.add_argument("--few", type=_positive, default=4, help="repetitions of the small run (default %(default)s)")
    parser.add_argument("--many", type=_positive, default=16, help="repetitions of the large run (default %(default)s)")
    parser.add_argument("--out", type=Path, default=figures.ROOT / "docs" / "benchmarks.md", help="the page to write")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number of at least 1 is needed")
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
