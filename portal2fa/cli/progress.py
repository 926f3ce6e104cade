"""Progress of a run: a bar on a terminal, one plain line a scenario elsewhere."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from portal2fa.outcomes import Outcome, ScenarioResult
from portal2fa.time_left import TimeLeft
from portal2fa.witnesses import is_open

_SIGNS = {
    Outcome.PASSED: "✔",
    Outcome.FAILED: "✘",
    Outcome.CANT_TELL: "?",
    Outcome.INAPPLICABLE: "-",
    Outcome.UNTESTED: "○",
}
_SO_FAR = "it rests on something that no scenario has seen yet: if one does, it is passed, else cantTell at the end"
"""What is said of a scenario that passed so far, once."""


class Progress:
    """Shows each scenario as it ends; `total` is how many there are, `left` tells about how long the rest takes."""

    def __init__(
        self, total: int, stream: TextIO, environment: Mapping[str, str], left: TimeLeft | None = None
    ) -> None:
        """Choose bar or lines by `stream`; `NO_COLOR` and a dumb terminal are honoured."""
        self._total = total
        self._done = 0
        self._stream = stream
        self._left = left
        self._explained = False
        dumb = environment.get("TERM") == "dumb" or bool(environment.get("CI"))
        self._bar: Bar | None = None
        if stream.isatty() and not dumb:
            console = Console(file=stream, no_color=bool(environment.get("NO_COLOR")))
            texts = (TextColumn("{task.fields[left]}"), TextColumn("{task.description}"))
            columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), *texts)
            self._bar = Bar(*columns, console=console, transient=True)

    def __enter__(self) -> Progress:
        """Show the bar, where there is one."""
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("starting the portal and the browser", total=self._total, left="")
        return self

    def scenario(self, result: ScenarioResult) -> None:
        """A scenario has ended; what will only be told by what later ones see is no trouble yet."""
        so_far = is_open(result)
        trouble = result.outcome in (Outcome.FAILED, Outcome.CANT_TELL) and not so_far
        sign, word = ("…", "passed so far") if so_far else (_SIGNS[result.outcome], result.outcome.value)
        line = f"{sign} {word:<13} {result.feature}: {result.name}"
        reason = result.reason if trouble else _SO_FAR if so_far and not self._explained else ""
        self._explained = self._explained or so_far
        self._tell(line, result.name, reason, trouble=trouble)
        self._tell_left(result)

    def on_fault(self, fault: str, result: ScenarioResult, *, expected: bool) -> None:
        """A scenario has ended on a portal that has a fault; the trouble is one that did not see what it has to see."""
        unseen = result.outcome is Outcome.PASSED and expected
        trouble = unseen or result.outcome in (Outcome.CANT_TELL, Outcome.UNTESTED)
        line = f"{_SIGNS[result.outcome]} {result.outcome.value:<12} {fault}: {result.name}"
        self._tell(line, f"{fault}: {result.name}", result.reason if trouble else "", trouble=trouble)

    def on_variation(self, variation: str, result: ScenarioResult) -> None:
        """A scenario has ended on a variation; the trouble is one that is not green."""
        trouble = result.outcome not in (Outcome.PASSED, Outcome.INAPPLICABLE)
        line = f"{_SIGNS[result.outcome]} {result.outcome.value:<12} {variation}: {result.name}"
        self._tell(line, f"{variation}: {result.name}", result.reason if trouble else "", trouble=trouble)

    def _tell(self, line: str, description: str, reason: str, *, trouble: bool) -> None:
        self._done += 1
        if self._bar is None:
            print(f"[{self._done:>3}/{self._total}] {line}", file=self._stream, flush=True)
            if reason:
                print(textwrap.indent(reason, " " * 10), file=self._stream, flush=True)
            return
        if trouble:
            self._bar.console.print(line, markup=False, highlight=False)
        self._bar.update(self._task, advance=1, description=description)

    def _tell_left(self, result: ScenarioResult) -> None:
        """Tell about how long the rest takes, where that is known and is news."""
        if self._left is None:
            return
        self._left.ended(result.id, result.seconds)
        news = self._left.news()
        if news and self._bar is None:
            print(f"{'':10}{news}", file=self._stream, flush=True)
        elif news and self._bar is not None:
            self._bar.update(self._task, left=news.partition(",")[0])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
