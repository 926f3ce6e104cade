"""An event loop in a greenlet of its own, as Playwright has one, with a clock that jumps to whatever is due next."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

from greenlet import getcurrent, greenlet

from portal2fa import clock


class _Selector(selectors.SelectSelector):
    """Never waits: lets the loop's clock jump instead."""

    loop: JumpingLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everybody waits, and for nothing"
        self.loop.now += max(0.0, timeout)
        return super().select(0)


class Ended(Exception):
    """What is said to whoever waits when the loop has ended, as Playwright does when its driver ends."""


class JumpingLoop(asyncio.SelectorEventLoop):
    """Time is counted in seconds from 0; `now` may be moved by whoever claims to have worked for so long."""

    def __init__(self) -> None:
        self.now = 0.0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)
        self._home = getcurrent()
        self._fiber = greenlet(self._run)

    def _run(self) -> None:
        """Run; an interrupt that comes meanwhile is raised where the loop was made, which Playwright does as well."""
        while True:
            try:
                self.run_forever()
            except KeyboardInterrupt as error:
                self._home.throw(error)
                asyncio._set_running_loop(None)
            else:
                return

    def time(self) -> float:
        """The time that is counted."""
        return self.now

    def wait(self, something: Coroutine[Any, Any, None]) -> None:
        """Await something, while other greenlets go on: what Playwright's synchronous calls do."""
        me = getcurrent()
        task = self.create_task(something)
        task.add_done_callback(lambda _: me.switch())
        try:
            while not task.done():
                if self._fiber.dead:
                    raise Ended
                self._fiber.switch()
        except BaseException:
            task.cancel()
            raise
        task.result()

    def end(self) -> None:
        """Stop and close the loop."""
        if not self._fiber.dead:
            self.call_soon(self.stop)
            self._fiber.switch()
        for task in asyncio.all_tasks(self):
            task.cancel()
        self.run_until_complete(clock.passing(0))
        self.close()
