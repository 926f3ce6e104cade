"""About how long a run still takes: by what its scenarios took in the last run where that is known, else in this one.

    work   what scenarios take: in the last run, or as long as those of this one took on average
    pace   the work that has ended in this run, and half of what is under way, for each second that has passed

How many scenarios run at once, and how fast the machine is today, is in the pace.  Nothing is said before enough has
ended, which is more where no last run is known, as the chapters differ; nor while something is ahead that really waits
and of which nobody knows how long it takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from statistics import fmean, median

_ENOUGH = 5
"""So many scenarios have to have ended, and two for each that may be under way at once: fewer say nothing of the rest.
"""
_PART = 1 / 3
"""So much of the run has to have ended where what a scenario takes is not known for most of what is ahead."""
_NEWS = 1 / 6
"""By so much of what was said last a new estimate has to differ before it is worth a line."""


class TimeLeft:
    """Told of each scenario as it ends."""

    def __init__(
        self,
        plays: Iterable[str],
        times: Mapping[str, float],
        *,
        at_once: int,
        now: Callable[[], float],
        untold: Collection[str] = (),
    ) -> None:
        """Begin with the ids of all that will be played, as often as it will, and with what each took in the last run.

        `untold` are the ids of those of which nobody knows for how long they hold the run up.
        """
        self._ahead = Counter(list(plays))
        self._times = times
        self._at_once = at_once
        self._now = now
        self._untold = frozenset(untold)
        self._began: float | None = None
        self._told: float | None = None
        self._ended: list[str] = []
        self._new: list[float] = []
        """What those took that the last run did not have."""

    def ended(self, scenario: str, seconds: float) -> None:
        """A scenario has ended; one that took no time was left out, and is no measure of anything."""
        self._ahead.subtract([scenario])
        if seconds <= 0:
            return
        if self._began is None:
            self._began = self._now() - seconds
        self._ended.append(scenario)
        if scenario not in self._times:
            self._new.append(seconds)

    @property
    def seconds(self) -> float | None:
        """How many are left; None as long as nobody can tell."""
        if not self._is_grounded():
            return None
        assert self._began is not None, "something has ended"
        ahead = +self._ahead
        done = [self._work(scenario) for scenario in self._ended]
        under_way = min(self._at_once - 1, ahead.total()) * fmean(done) / 2
        left = sum(number * self._work(scenario) for scenario, number in ahead.items()) - under_way
        work = sum(done) + under_way
        return max(0.0, left) * (self._now() - self._began) / work if work else None

    def news(self) -> str:
        """The estimate in words, where it has become another one than was told last; else nothing."""
        seconds = self.seconds
        if seconds is None or (self._told is not None and abs(seconds - self._told) <= self._told * _NEWS):
            return ""
        first, before, words = self._told is None, in_words(self._told or 0.0), in_words(seconds)
        self._told = seconds
        if first:
            return f"{words}, by what scenarios took {'in the last run' if self._is_known() else 'so far'}"
        return words if words != before else ""

    def _is_grounded(self) -> bool:
        ahead, number = +self._ahead, len(self._ended)
        if not ahead or number < max(_ENOUGH, 2 * self._at_once) or self._untold & ahead.keys():
            return False
        return self._is_known() or number >= _PART * (number + ahead.total())

    def _is_known(self) -> bool:
        """Whether the last run has the times of most of what is ahead."""
        ahead = +self._ahead
        return 2 * sum(many for scenario, many in ahead.items() if scenario in self._times) >= ahead.total()

    def _work(self, scenario: str) -> float:
        usual = fmean(self._new) if self._new else median(self._times.values())
        return self._times.get(scenario, usual)


def in_words(seconds: float) -> str:
    """So many seconds as people say it who do not know for sure."""
    if seconds < 45:
        return "less than a minute left"
    minutes = round(seconds / 60)
    if minutes > 90:
        return f"about {seconds / 3600:.1f} hours left"
    minutes = minutes if minutes < 15 else 5 * round(minutes / 5)
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
