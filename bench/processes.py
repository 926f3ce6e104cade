"""What a command costs with everything it starts: wall, CPU and memory of the whole process tree (Linux only).

CPU      the kernel's own account of every process that was waited for (`getrusage`).  While a command runs, this
         process adopts orphans of the tree (`PR_SET_CHILD_SUBREAPER`), so that nobody's seconds are lost.
roles    the same seconds by kind of process, from samples of /proc/PID/stat: the last value of each process.
memory   the largest sum over the tree, by PSS (shared pages counted once) where the kernel tells it, else by RSS.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import clock
from bench.left import Say
from bench.listening import Listener

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of Linux's prctl(2)."""
_LIMIT_SECONDS = 3600.0
"""How long a command may take: none of those that are measured takes as long, on a busy machine either."""
_LINGER_SECONDS = 10.0
"""How long what a command left behind may take to end by itself."""
ROLES = ("renderer", "browser", "GPU process", "Playwright's driver", "portal", "Python", "other")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took, in seconds and bytes; `status` is its exit code and `said` its standard output."""

    status: int
    said: str
    wall: float
    cpu: float
    roles: dict[str, float]
    """CPU seconds by kind of process, sampled; a little less than `cpu`."""
    peak: int
    """Largest memory of the tree, 0 when it was not asked for."""
    peak_unit: str


class CannotMeasure(Exception):
    """A command that was to be measured failed, or this system cannot be measured; the message is for people."""


def measure(
    command: Sequence[str],
    *,
    folder: Path,
    memory: bool = False,
    expected: Sequence[int] = (0,),
    limit: float = _LIMIT_SECONDS,
    say: Say | None = None,
) -> Cost:
    """Run a command to its end and account for its whole tree; raises `CannotMeasure` when it fails or does not end.

    Where it counts its scenarios, `say` is told how far it has come.  An interrupt ends it with all that it started.
    """
    _adopt_orphans()
    before, began = _reaped_seconds(), clock.stopwatch()
    with _Sampler(memory=memory) as sampler:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        listener = Listener(process, say)
        try:
            listener.wait(limit)
            wall = clock.stopwatch() - began
        except subprocess.TimeoutExpired as late:
            _end_descendants()
            raise CannotMeasure(f"{' '.join(command[1:])} did not end within {limit:.0f} s.") from late
        except KeyboardInterrupt:
            _end_descendants(signal.SIGTERM)
            raise
        finally:
            _reap_all()
    if process.returncode not in expected:
        raise CannotMeasure(f"{' '.join(command[1:])} ended with status {process.returncode}:\n{listener.complained}")
    cpu = _reaped_seconds() - before
    return Cost(process.returncode, listener.said, wall, cpu, sampler.roles(), sampler.peak, sampler.unit)


def environment() -> dict[str, str]:
    """That of this process, in which Python keeps bytecode: users compile nothing anew with each call."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def weight() -> int:
    """Bytes of this process and of everything below it, as they are now: PSS where the kernel tells it, else RSS."""
    own = os.getpid()
    tree = {own: _stat(own), **_tree()}
    return sum(_memory(pid, fields)[0] for pid, fields in tree.items() if fields and fields[0] != "Z")


def _adopt_orphans() -> None:
    """Become the parent of every process of the tree whose own parent ends."""
    if not sys.platform.startswith("linux"):
        raise CannotMeasure("The benchmarks read /proc, which only Linux has.")
    if ctypes.CDLL(None, use_errno=True).prctl(_ADOPT, 1, 0, 0, 0) != 0:
        raise CannotMeasure(f"prctl: {os.strerror(ctypes.get_errno())}")


def _reaped_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap_all() -> None:
    """Wait for every process that is left of the tree; what does not end by itself in time is ended."""
    timer = threading.Timer(_LINGER_SECONDS, _end_descendants)
    timer.start()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    timer.cancel()


def _end_descendants(by: signal.Signals = signal.SIGKILL) -> None:
    for pid in _tree():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, by)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def _tree() -> dict[int, list[str]]:
    """Every descendant of this process, by its id, with its status fields."""
    stats = {int(name): _stat(int(name)) for name in os.listdir("/proc") if name.isdigit()}
    children: dict[int, list[int]] = defaultdict(list)
    for pid, fields in stats.items():
        if fields:
            children[int(fields[1])].append(pid)
    return {pid: stats[pid] for pid in _below(os.getpid(), children)}


def _below(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    for child in children.get(pid, ()):
        yield child
        yield from _below(child, children)


def _role(pid: int, fallback: str) -> str:
    """The kind of a process by its command line; a process that is just being started still has its parent's."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return fallback
    signs = {
        "--type=renderer": "renderer",
        "--type=gpu-process": "GPU process",
        "--type=": "browser",
        "--remote-debugging-pipe": "browser",
        "run-driver": "Playwright's driver",
        "reference_server": "portal",
        "python": "Python",
    }
    return next((role for sign, role in signs.items() if sign in line), fallback)


def _memory(pid: int, fields: list[str]) -> tuple[int, str]:
    """Bytes of one process and what they are: PSS, or RSS where PSS is not to be had."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1]), "PSS"
    except (FileNotFoundError, ProcessLookupError):
        return 0, "PSS"  # it has just ended
    except OSError:
        pass  # not ours to look into, or not known to this kernel; the resident set always is
    return int(fields[21]) * _PAGE, "RSS"


@dataclass
class _Sampler:
    """Looks at the tree again and again from a thread of its own while a command runs."""

    memory: bool
    peak: int = 0
    unit: str = "PSS"
    _seen: dict[tuple[int, str], tuple[str, float]] = field(default_factory=dict)
    _done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> _Sampler:
        """Begin: every 50 ms, or every 250 ms where memory is read too, which is dear."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(0.25 if self.memory else 0.05):
            self._look()

    def _look(self) -> None:
        tree = _tree()
        for pid, fields in tree.items():
            key = (pid, fields[19])  # ids are used again, but not with the same start time
            role = _role(pid, self._seen.get(key, ("other", 0.0))[0])
            self._seen[key] = (role, (int(fields[11]) + int(fields[12])) / _TICKS)
        if self.memory:
            self._weigh(tree)

    def _weigh(self, tree: dict[int, list[str]]) -> None:
        weights = [_memory(pid, fields) for pid, fields in tree.items() if fields[0] != "Z"]
        if sum(size for size, _ in weights) > self.peak:
            self.peak = sum(size for size, _ in weights)
            self.unit = "PSS" if all(unit == "PSS" for _, unit in weights) else "PSS, in part RSS"

    def roles(self) -> dict[str, float]:
        """CPU seconds by kind of process, so far as they were seen."""
        total = dict.fromkeys(ROLES, 0.0)
        for role, seconds in self._seen.values():
            total[role] += seconds
        return total
