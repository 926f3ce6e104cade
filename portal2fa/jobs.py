"""What is to be run in lanes: scenarios in a queue, which may still be filled while they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class Job:
    """A scenario to run."""

    run: Callable[[], None]
    waits_long: bool = False
    """Whether it waits for minutes: these begin first, so that most of their waits overlap."""
    two_accounts: bool = False
    """Whether it takes a second account while it has one; of these only one runs at a time, or two could block."""


class Queue:
    """Jobs in the order in which they came, but for those that wait long; any thread may put one in."""

    def __init__(self, jobs: Iterable[Job] = (), *, told: Callable[[], None] = lambda: None) -> None:
        """Begin with `jobs`; `told` is called when there is another one, or when there will be none any more."""
        self._jobs = list(jobs)
        self._ended = False
        self._told = told
        self._news = Condition()
        """Held by whoever looks at the jobs."""

    @classmethod
    def of(cls, jobs: Iterable[Job]) -> Queue:
        """A queue of these jobs and no others."""
        found = cls(jobs)
        found.end()
        return found

    def put(self, job: Job) -> None:
        """Let a job be run after those that are there."""
        with self._news:
            self._jobs.append(job)
            self._news.notify_all()
        self._told()

    def end(self) -> None:
        """Say that no job will come any more."""
        with self._news:
            self._ended = True
            self._news.notify_all()
        self._told()

    @property
    def is_over(self) -> bool:
        """Whether no job is there and none will come."""
        with self._news:
            return self._ended and not self._jobs

    def take(self, *, but_two_accounts: bool = False) -> Job | None:
        """Take the next job, if there is one; where asked for, none that takes two accounts."""
        with self._news:
            fitting = (job for job in self._jobs if not (but_two_accounts and job.two_accounts))
            found = min(fitting, key=lambda job: not job.waits_long, default=None)
            if found is not None:
                self._jobs.remove(found)
            return found

    def wait_for_one(self) -> Job | None:
        """Take the next job, once there is one; nothing when there will be none."""
        with self._news:
            self._news.wait_for(lambda: self._jobs or self._ended)
        return self.take()
