"""What a worker does: it opens a portal, a browser and behave once, and plays on them whatever it is given.

These are tasks: functions that can be called in any thread of a process, and wait for what they hand back.  All that is
played in a process is played in one thread, in lanes, because Playwright lives in the thread in which it was started.
"""

from __future__ import annotations

import contextlib
import copy
import sys
import tempfile
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from behave.model import Scenario

from portal2fa.errors import EnvironmentProblem
from portal2fa.evidence import Findings, Recorder
from portal2fa.jobs import Queue
from portal2fa.journal import Journal
from portal2fa.outcomes import ScenarioResult
from portal2fa.runner import SuiteRunner
from portal2fa.session import Session
from portal2fa.workers import child
from portal2fa.workers.orders import Closed, Orders, Played

_opening = threading.Lock()
_stages: list[Stage] = []
"""The one of this process, once it is there."""


def play(orders: Orders, scenario: str) -> Played | None:
    """Play the scenario with this id, and open the stage first where that was not done.

    Nothing is handed back of a scenario that was not begun, because the run was stopped.  Raises what keeps the stage
    from being opened, or what broke it.
    """
    with _opening:
        if not _stages:
            _stages.append(Stage(orders))
            child.at_the_end(close)
    return _stages[0].play(scenario)


def stop() -> None:
    """Begin no further scenario; those under way end."""
    for stage in _stages:
        stage.stop()


def break_off() -> None:
    """Interrupt all scenarios that are under way; they put their accounts back."""
    for stage in _stages:
        stage.break_off()


def close() -> Closed | None:
    """Let what is under way end, and close everything; what is to be told at the end, if anything was opened."""
    return _stages[0].close() if _stages else None


def still_open(target: str, url: str, usernames: Iterable[str]) -> list[str]:
    """Which of these accounts the journal of this machine still has, or may have where it cannot be read."""
    found = []
    for username in sorted(usernames):
        with contextlib.suppress(EnvironmentProblem):
            if Journal().find(target, url, username) is None:
                continue
        found.append(username)
    return found


class Stage:
    """A run of behave in a thread of its own, which goes on until it is closed."""

    def __init__(self, orders: Orders) -> None:
        """Open it; nobody waits for that here."""
        self._orders = orders
        self._ready: Future[_Player] = Future()
        self._over = threading.Event()
        self._player: _Player | None = None
        self._stopped = False
        self._told = ""
        """What broke the stage when it was open."""
        threading.Thread(target=self._run, daemon=True).start()

    def play(self, scenario: str) -> Played | None:
        """Play a scenario; raises what kept the stage from being opened, or broke it."""
        return self._ready.result().play(scenario).result()

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True
        if self._player is not None:
            self._player.stop()

    def break_off(self) -> None:
        """Interrupt what is under way."""
        self.stop()
        if self._player is not None:
            self._player.break_off()

    def close(self) -> Closed | None:
        """Begin nothing more, and wait until all is closed; nothing where it was never open."""
        self.stop()
        self._over.wait()
        if self._player is None:
            return None
        findings, problems = copy.deepcopy(self._player.findings), self._player.problems
        return Closed(findings, (*problems, *([self._told] if self._told else [])))

    def _run(self) -> None:
        try:
            with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
                self._player = _Player(self._orders.session(Path(folder)), self._orders, self._ready)
                if self._stopped:
                    self._player.stop()
                self._player.run()
        except BaseException as error:
            if self._ready.done():
                self._told = f"behave broke down: {type(error).__name__}: {error}"
            else:
                self._ready.set_exception(error)
        finally:
            self._over.set()


class _Player(SuiteRunner):
    """behave's runner, which plays what comes into its queue, and hands back what became of each scenario."""

    def __init__(self, session: Session, orders: Orders, ready: Future[_Player]) -> None:
        super().__init__(session, orders.selection, lambda result: None)
        self._ready = ready
        self._queue = Queue(told=session.lanes.look)
        self._known: dict[str, Scenario] = {}
        self._waiting: dict[str, Future[Played | None]] = {}
        """Who waits for a scenario, by its id."""
        self._is_over = False

    @property
    def findings(self) -> Findings:
        """What was found so far."""
        return self._session.recorder.findings

    def play(self, scenario: str) -> Future[Played | None]:
        """Let a scenario be played; for any thread."""
        future = self._waiting[scenario] = Future()
        self._queue.put(self._job(self._known[scenario]))
        if self._is_over:
            self._let_go()
        return future

    def stop(self) -> None:
        """Begin nothing more; for any thread."""
        super().stop()
        self._queue.end()

    def break_off(self) -> None:
        """Interrupt what is under way; for any thread."""
        self._session.lanes.break_off()

    def _play_all(self, at_once: int, most: int) -> None:
        self._known = self._scenarios()
        self._ready.set_result(self)
        try:
            self._session.lanes.run(self._queue, at_once, most)
        finally:
            self._is_over = True
            self._let_go()

    def _alone(self, scenario: Scenario) -> None:
        """Run one scenario, and let nobody wait for it any more, however it ended."""
        try:
            super()._alone(scenario)
        finally:
            row = self._row(scenario)
            assert row is not None, "only what is selected is run"
            if future := self._waiting.pop(row.id, None):
                future.set_result(None)

    def _let_go(self) -> None:
        """Let nobody wait for what will not be played."""
        while self._waiting:
            _, future = self._waiting.popitem()
            future.set_result(None)

    def run_hook(self, name: str, *args: Any) -> Any:
        """Run a hook; each step of a scenario is a sign of life."""
        if name == "before_step":
            child.sign_of_life()
        return super().run_hook(name, *args)

    def _keep(self, result: ScenarioResult, recorder: Recorder) -> None:
        """Hand back what became of a scenario, with its files, which are not needed here any more."""
        files = {}
        for path in filter(None, (item.path for item in result.evidence)):
            file = recorder.folder / path
            files[path] = file.read_bytes()
            file.unlink()
        self._waiting.pop(result.id).set_result(Played(result, files, copy.deepcopy(recorder.findings)))
