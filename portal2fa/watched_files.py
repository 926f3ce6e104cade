"""Files that are watched: which ones were changed, in sets, from the moment in which watching began."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Self

from watchfiles import Change, DefaultFilter, watch

Changed = frozenset[Path]
_LOOK = 200
"""So many milliseconds pass until somebody looks whether watching is over."""


class WatchedFiles:
    """Folders with all below them, and single files; what is changed while nobody asks is kept."""

    def __init__(self, folders: Iterable[Path], files: Iterable[Path]) -> None:
        """Watch nothing yet; a file is watched by its folder, because editors put another one in its place."""
        self._files = {path.resolve() for path in files}
        self._changed: SimpleQueue[Changed] = SimpleQueue()
        self._over = Event()
        below = [folder.resolve() for folder in folders]
        beside = sorted({path.parent for path in self._files})
        self._watchers = [_Watcher(below, DefaultFilter(), self._over, self._changed, recursive=True)]
        if beside:
            self._watchers.append(_Watcher(beside, self._is_one, self._over, self._changed, recursive=False))

    def _is_one(self, change: Change, path: str) -> bool:
        return Path(path).resolve() in self._files

    def __enter__(self) -> Self:
        """Begin to watch, and return as soon as nothing is missed any more."""
        for watcher in self._watchers:
            watcher.start()
        for watcher in self._watchers:
            watcher.ready.wait()
        return self

    def __exit__(self, *exception: object) -> None:
        """Watch no more."""
        self._over.set()
        for watcher in self._watchers:
            watcher.join()

    def __iter__(self) -> Iterator[Changed]:
        """What was changed, whenever something was; it never ends by itself."""
        while True:
            yield self._changed.get()


class _Watcher(Thread):
    def __init__(
        self,
        paths: list[Path],
        fitting: Callable[[Change, str], bool],
        over: Event,
        changed: SimpleQueue[Changed],
        *,
        recursive: bool,
    ) -> None:
        super().__init__(daemon=True)
        self.ready = Event()
        self._changed = changed
        self._sets = watch(
            *paths,
            watch_filter=fitting,
            stop_event=over,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=recursive,
        )

    def run(self) -> None:
        """Hand on what is changed; the first look, which finds nothing, says that watching has begun."""
        for found in self._sets:
            self.ready.set()
            if found:
                self._changed.put(frozenset(Path(path) for _, path in found))
        self.ready.set()
