"""`make mutation`: break every rule of the reference portal, one at a time, and see who notices."""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutation.mutants import Mutant, Name

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "mutation"
SEED = 20261129
"""Chooses the sample; written down, so that everybody has the same one."""
SECONDS = {"tests": 600.0, "features": 3600.0}
"""How long one look may take: more than thirty times what it takes on a machine that does nothing else."""

_EPILOG = """Exit codes: 0 every survivor of the tests is explained in mutation/kept.toml, 1 one is not, or the list is
out of date, 2 nothing can be judged: the checkout is dirty, Cosmic Ray is missing, or the right portal does not pass.
Survivors of the features are counted and listed only.  A run that was ended goes on where it was: what was found lies
in .cache/mutation."""


def main(argv: Sequence[str]) -> int:
    """Judge mutants, say what became of them, and compare the survivors with those that are kept."""
    given = _parser().parse_args(argv)
    if find_spec("cosmic_ray") is None:
        print("mutation: Cosmic Ray, which makes the mutants, is not installed\n  hint: make setup", file=sys.stderr)
        return 2
    from mutation.looking import Ended  # noqa: PLC0415 - leads to Cosmic Ray
    from mutation.scratch import CannotJudge  # noqa: PLC0415 - leads to Cosmic Ray

    try:
        return _judged(given)
    except CannotJudge as error:
        print(f"mutation: {error}", file=sys.stderr)
        return 2
    except Ended:
        print("mutation: the process that runs the tests has ended; what it said is above", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("mutation: interrupted; the same command goes on where this one was", file=sys.stderr)
        return 130


def _judged(given: argparse.Namespace) -> int:
    from mutation import judges, mutants, playing, record, scratch, telling  # noqa: PLC0415 - lead to Cosmic Ray

    _say(f"commit {scratch.clean(ROOT)[:7]}")
    modules = [module for module in mutants.RULES if not given.only or Path(module).stem in given.only]
    chosen = sample([one for module in modules for one in mutants.mutants(ROOT, module)], given.sample, given.seed)
    seconds = given.seconds or SECONDS[given.judge]
    judge = judges.Tests(seconds) if given.judge == "tests" else judges.Features(seconds, given.lanes)
    known = record.Record(CACHE / f"{judge.name}.jsonl")
    found = playing.play(ROOT, chosen, judge, known, scratch.inherited(), jobs=given.jobs, say=_say)
    print(telling.table(found))
    living = telling.survivors(found)
    if given.judge == "features" or given.sample:
        print("\n".join(["survived:", *map(str, living)]) if living else "none survived")
        return 0
    return _compared(living, [one.name for one in chosen], modules)


def _compared(living: Sequence[Name], judged: Sequence[Name], modules: Sequence[str]) -> int:
    from mutation import kept, telling  # noqa: PLC0415 - lead to Cosmic Ray

    difference = kept.compare(kept.read(), living, judged, modules)
    print(telling.differences(difference) or f"{len(living)} survivors, all explained in mutation/kept.toml")
    return 1 if difference else 0


def sample(mutants: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return this many mutants by the seed, all when it is 0; a larger sample begins with the smaller one."""
    if not size:
        return list(mutants)
    shuffled = sorted(mutants, key=lambda mutant: mutant.name)
    random.Random(seed).shuffle(shuffled)
    return shuffled[:size]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__, epilog=_EPILOG)
    parser.add_argument("judge", nargs="?", choices=sorted(SECONDS), default="tests", help="who looks [tests]")
    parser.add_argument("--only", action="append", metavar="MODULE", help="only this module, as in totp; repeatable")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="only N mutants, chosen by the seed")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"what chooses the sample [{SEED}]")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many mutants at once [2]")
    parser.add_argument("--lanes", type=int, default=2, metavar="K", help="lanes of the features' first look [2]")
    limits = ", ".join(f"{judge} {seconds:.0f}" for judge, seconds in SECONDS.items())
    parser.add_argument(
        "--seconds", type=float, metavar="S", help=f"how long a look may take, a second one 3 S [{limits}]"
    )
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the processes of the judges end as after Ctrl-C
    sys.exit(main(sys.argv[1:]))
