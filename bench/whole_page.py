"""The sections of the page about a whole run beside its bare script, and about start-up."""

from __future__ import annotations

from bench.page import heading, table, verdict
from bench.processes import Cost
from bench.whole import Starts, Whole

_METHOD = """`portal2fa run` as it is, from its start to its report, beside a bare script of the same scenarios.

Nobody wrote that script by hand: it is written down from a run in one lane (`python -m bench.recorded`).

- It does what a person does in each scenario, with plain synchronous Playwright, one scenario after the other in one
  browser, each person in a context of their own (`python -m bench.script`).
- Who is handed a session in our run signs in by the form in the script, and goes on from there.
- Accounts come from the control endpoint, and clocks are moved there, in both; so are second factors that are on before
  a scenario begins.
- Of all answers that our run waits for, the script waits for the one that came.
- Looks of the judge cost the script nothing: what is out of sight, where it stands, how it is called. So are pictures,
  texts of the report, waits for mails that must not come, and masking.
- Codes and passwords are typed by where they come from, so the portal takes and refuses what it took and refused.
- A scenario that the script cannot follow counts nothing on its side, and all on ours.

Rounds: {rounds}, each with both; the median of the ratios counts.
"""
_START = """Seconds from the start of a process, median of {rounds} rounds, each with both programs.

- The browser's own: a process that starts Playwright's driver, launches the browser and opens a page.
- Ours: `portal2fa run` up to its first scenario, with portal, mail server, browser, all steps, and a first look.
"""
_WALL, _CPU, _FIRST = 0.40, 0.75, 3.0


def whole(figures: Whole, measured: str) -> str:
    """Both costs, the goals, and what the script does without."""
    rows = [
        (str(number), *_cells(script, ours))
        for number, (script, ours) in enumerate(zip(figures.script, figures.ours, strict=True), start=1)
    ]
    head = ("round", "script, wall s", "run, wall s", "wall ratio", "script, CPU s", "run, CPU s", "CPU ratio")
    goals = [
        _goal("a whole run, wall by the script's", figures.ratio(lambda cost: cost.wall), _WALL),
        _goal("a whole run, CPU by the script's", figures.ratio(lambda cost: cost.cpu), _CPU),
    ]
    followed = figures.scenarios - len(figures.left_out)
    told = [f"The script follows {followed} of {figures.scenarios} scenarios.\n"]
    if figures.left_out:
        told.append("".join(f"- {name}: `{why.replace('`', chr(39))}`\n" for name, why in figures.left_out.items()))
    method = _METHOD.format(rounds=len(figures.script))
    return "\n".join([heading("whole"), measured, method, table(head, rows), _goals(goals), *told])


def starts(figures: Starts, measured: str, rounds: int) -> str:
    """What start-up takes, and by what."""
    rows = [
        ("`chromium.launch()` alone", f"{figures.launch:.2f}", f"{figures.first / figures.launch:.1f}"),
        ("the browser's own: driver, launch, page", f"{figures.browser:.2f}", f"{figures.first / figures.browser:.1f}"),
        ("ours, to the first scenario", f"{figures.first:.2f}", "1.0"),
    ]
    goal = _goal("to the first scenario, by the browser's own", figures.first / figures.browser, _FIRST)
    return "\n".join(
        [
            heading("start"),
            measured,
            _START.format(rounds=rounds),
            table(("what", "seconds", "ours by it"), rows),
            _goals([goal]),
        ]
    )


def _cells(script: Cost, ours: Cost) -> tuple[str, ...]:
    return (
        f"{script.wall:.0f}",
        f"{ours.wall:.0f}",
        f"{ours.wall / script.wall:.2f}",
        f"{script.cpu:.0f}",
        f"{ours.cpu:.0f}",
        f"{ours.cpu / script.cpu:.2f}",
    )


def _goal(what: str, found: float, limit: float) -> tuple[str, str, str, str]:
    return what, f"{found:.2f}", f"{limit:.2f}", verdict(found, limit)


def _goals(goals: list[tuple[str, str, str, str]]) -> str:
    return table(("goal", "measured", "at most", ""), goals)
