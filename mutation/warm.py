"""A process that has imported what the tests stand on, but no rule, and forks to run pytest: `python -m mutation.warm`.

Python, pytest and the web framework take longer to start than most mutants live.  It reads one request a line,
{"seconds": S, "arguments": [...]}, and answers each with one line, {"status": CODE or null, "said": [...]}.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import IO, NoReturn


def main(argv: Sequence[str]) -> None:
    """Import the modules that are named, forget again what is in the first one's package, and serve."""
    for module in ("pytest", *argv):
        importlib.import_module(module)
    for name in [name for name in sys.modules if name.partition(".")[0] == argv[0].partition(".")[0]]:
        del sys.modules[name]
    for line in sys.stdin:
        print(json.dumps(_answer(**json.loads(line))), flush=True)


def _answer(seconds: float, arguments: list[str]) -> dict[str, object]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = os.fork()
        if not child:
            _run(arguments, said)
        status = _waited(child, seconds)
        said.seek(0)
        return {"status": status, "said": said.read().splitlines()}


def _run(arguments: list[str], said: IO[str]) -> NoReturn:
    """Be pytest: in a group of its own, so that what it starts can be ended with it."""
    status = 3
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
        status = int(importlib.import_module("pytest").main(arguments))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _waited(child: int, seconds: float) -> int | None:
    """Wait for the child; None where its time was up, and it was ended."""
    up = False

    def end(*signals: object) -> None:
        nonlocal up
        up = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)

    def give_up(*signals: object) -> None:
        end()
        os._exit(1)

    with contextlib.suppress(OSError):
        os.setpgid(child, child)  # whoever comes first
    signal.signal(signal.SIGALRM, end)
    signal.signal(signal.SIGTERM, give_up)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.setitimer(signal.ITIMER_REAL, 0)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # what it left behind
    return None if up else status


if __name__ == "__main__":
    main(sys.argv[1:])
