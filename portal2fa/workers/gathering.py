"""What the workers of a run have found, put together as if one had found it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal2fa.evidence import Findings
from portal2fa.session import Session


class Gathered:
    """Fills the findings and the report folder of the run's session."""

    def __init__(self, session: Session) -> None:
        """Nothing was found yet."""
        self._session = session
        self._not_restored: dict[int, list[str]] = {}
        self._lost: dict[int, frozenset[str]] = {}
        """The accounts of a pool that lost workers had."""
        self._problems: list[str] = []

    @property
    def problems(self) -> tuple[str, ...]:
        """Faults of the run itself, each told once."""
        return tuple(dict.fromkeys(self._problems))

    def problem(self, *told: str) -> None:
        """Something went wrong that belongs to no scenario."""
        self._problems += told

    def take(self, worker: int, found: Findings) -> None:
        """What a worker has found so far; what it could not put back replaces what it said of that before."""
        all_found = self._session.recorder.findings
        for name in ("seen", "used", "blocked", "secrets", "codes"):
            getattr(all_found, name).update(getattr(found, name))
        for codes in found.handed_over:
            all_found.hand_over(codes)
        for remark in found.remarks:
            self._session.recorder.remark(remark)
        known = all_found.browser.split(", ")
        if found.browser not in known:
            all_found.browser = ", ".join(filter(None, [*known, found.browser]))
        all_found.url = all_found.url or found.url
        self._not_restored[worker] = list(found.not_restored)
        self._tell_not_restored()

    def write(self, files: Mapping[str, bytes]) -> None:
        """Files of evidence, by their paths in the report's folder."""
        for path, content in files.items():
            file = self._session.recorder.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def lose(self, worker: int, usernames: frozenset[str] | None) -> None:
        """A worker was lost in the middle of something, and with it what it knew of its accounts."""
        self._lost[worker] = usernames or frozenset()

    def look_at_lost(self, still_open: Callable[[int, frozenset[str]], list[str]]) -> None:
        """When all is closed, find out which accounts of lost workers are still open."""
        if not self._lost:
            return
        accounts = self._session.target.profile.accounts
        if accounts.kind == "command" and accounts.remove:
            self.problem(
                "a worker was lost, and accounts that were made for it may still be there; "
                "`portal2fa restore` on its machine removes them"
            )
        for worker, usernames in self._lost.items():
            self._not_restored[worker] = still_open(worker, usernames)
        self._tell_not_restored()

    def _tell_not_restored(self) -> None:
        names = dict.fromkeys(name for names in self._not_restored.values() for name in names)
        self._session.recorder.findings.not_restored[:] = names
