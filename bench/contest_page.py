"""The section of the page that compares runners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.contest import Contest
from bench.entrants import Entrant
from bench.page import heading, table, verdict

_METHOD = """Each entrant walks the same scenario {times} times, from the start of its process to its end.

- Peers have the scenario's own sentences and the same actions behind them, each in its own manner: `bench/peers/`.
- They are installed on demand from locks, each into a folder of its own; who cannot be installed is left out and told.
- Portal and mail server of a peer are started by a small Python process beside it, whose start is counted as well.
- "At once" is lanes, contexts, processes or threads, as the runner has it.
- Rounds: {rounds}, in each of which everybody is measured once, beginning at another one.
- Ratios are made within a round, by the bare synchronous script, and their median counts.
"""


def peers(contest: Contest, measured: str) -> str:
    """Everybody's cost, the goals, and who was left out."""
    method = _METHOD.format(times=contest.times, rounds=len(contest.rounds))
    head = ("who", "version", "at once", "wall s", "wall ratio", "CPU s", "CPU ratio")
    rows = [_row(contest, one) for one in contest.entrants]
    parts = [heading("peers"), measured, method, table(head, rows)]
    goals = [(what, f"{found:.2f}", f"{limit:.2f}", verdict(found, limit)) for what, found, limit in goals_of(contest)]
    if goals:
        parts.append(table(("goal", "measured", "at most", ""), goals))
    if contest.left_out:
        parts.append("Left out:\n")
        parts.append("".join(f"- {name}: {_one_line(reason)}\n" for name, reason in contest.left_out.items()))
    return "\n".join(parts)


def _row(contest: Contest, entrant: Entrant) -> tuple[str, ...]:
    name = entrant.name
    return (
        entrant.title,
        entrant.peer.version() if entrant.peer else "",
        str(entrant.at_once),
        f"{contest.wall(name):.1f}",
        f"{contest.wall_ratio(name):.2f}",
        f"{contest.cpu(name):.1f}",
        f"{contest.cpu_ratio(name):.2f}",
    )


def _one_line(reason: str) -> str:
    """The reason without line ends, as code, so that it cannot be taken for anything of the page."""
    return f"`{' '.join(reason.replace('`', chr(39)).split())}`"


def goals_of(contest: Contest) -> Iterator[tuple[str, float, float]]:
    """What is aimed at, what was measured, and the greatest figure that meets it; only what was measured."""
    ours = [one.name for one in contest.entrants if one.name.startswith("ours-")]
    if "ours-1" in ours:
        yield "one lane, wall by the bare script's", contest.wall_ratio("ours-1"), 1.10
        yield "one lane, CPU by the bare script's", contest.cpu_ratio("ours-1"), 1.05
    if ours:
        best = min(ours, key=contest.wall)
        yield "at our best, wall by the bare script's", contest.wall_ratio(best), 0.60
        yield "at our best, CPU by the bare script's", contest.cpu_ratio(best), 1.05
        if "bare-async-4" in {one.name for one in contest.entrants}:
            yield "at our best, wall by the asynchronous script's", contest.wall_ratio(best, "bare-async-4"), 1.05
    alone = [one.name for one in contest.entrants if one.peer and one.at_once == 1]
    if alone and "ours-1" in ours:
        yield from _ahead("one at a time", "ours-1", alone, contest)
    if ours and any(one.peer for one in contest.entrants):
        yield from _ahead("each at its best", min(ours, key=contest.wall), list(_bests(contest)), contest)


def _ahead(how: str, mine: str, theirs: Sequence[str], contest: Contest) -> Iterator[tuple[str, float, float]]:
    """Our cost by that of the peer that is best in it."""
    for what, ratio in (("wall", contest.wall_ratio), ("CPU", contest.cpu_ratio)):
        nearest = max(theirs, key=lambda name: ratio(mine, name))
        yield f"{how}, {what} by that of the best peer, {nearest}", ratio(mine, nearest), 1.0


def _bests(contest: Contest) -> Iterator[str]:
    """Of each peer, the name under which its wall is least."""
    rows = [one for one in contest.entrants if one.peer]
    for peer in {one.peer: None for one in rows}:
        yield min((one.name for one in rows if one.peer == peer), key=contest.wall)
