"""How much longer a measurement takes, by what was done of it so far: for whoever waits, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable

from bench import clock

Say = Callable[[str], None]


class Left:
    """Counts work that is done, in any unit, against all that is to be done."""

    def __init__(self, whole: float, now: Callable[[], float] = clock.stopwatch) -> None:
        """Begin with `whole` of it to do; `now` gives seconds that only ever grow."""
        self._whole = whole
        self._now = now
        self._began = now()
        self._done = 0.0

    def after(self, done: float) -> str:
        """So much more is done: what to say of the rest."""
        return self.once(self._done + done)

    def once(self, done: float) -> str:
        """So much is done in all: what to say of the rest."""
        self._done = done
        rest = max(0.0, self._whole - done) * (self._now() - self._began) / done
        return f"about {rest / 60:.0f} min left" if rest >= 60 else f"about {rest:.0f} s left"
