"""Find a browser, or install one: `python -m portal2fa.browser_setup`.

Prefers what is there.  Else, as root on Debian and its kin, the small headless shell of the distribution; else what
Playwright downloads for itself, which needs no rights but the network.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from portal2fa.browsers import VARIABLE, BrowserChoice, Machine, find_browser
from portal2fa.errors import EnvironmentProblem

Run = Callable[[Sequence[str]], int]
"""Runs a command and returns its exit status."""


def main() -> int:
    """Print the browser that runs will use, after installing one if need be; return the exit status."""
    try:
        choice = ensure_browser()
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(f"Browser: {choice.description}")
    return 0


def ensure_browser(*, machine: Machine | None = None, run: Run | None = None) -> BrowserChoice:
    """Return the browser to use, installing one where the machine has none and nobody named one.

    Raises:
        EnvironmentProblem: a named browser is missing, or none could be installed.
    """
    machine = machine or Machine.here()
    try:
        return find_browser(machine=machine)
    except EnvironmentProblem:
        if machine.environment.get(VARIABLE):
            raise  # whoever names a browser does not want another one
    return _install(machine, run or _run)


def _install(machine: Machine, run: Run) -> BrowserChoice:
    """Try the ways to install a browser, one after the other, until one is found."""
    tried = []
    for command in _ways(machine):
        tried.append(shlex.join(command))
        print(f"No browser yet; running: {tried[-1]}", file=sys.stderr, flush=True)
        if run(command) != 0:
            continue
        try:
            return find_browser(machine=machine)
        except EnvironmentProblem:
            continue
    raise EnvironmentProblem(
        "No browser was found, and none could be installed.",
        cause=f"Tried: {'; '.join(tried)}.",
        hint=f"Install Chromium or Google Chrome yourself, or name one: {VARIABLE}=/path/to/chromium.",
    )


def _ways(machine: Machine) -> Iterator[list[str]]:
    """Yield commands that install a browser, the preferred one first; a distribution's package needs root."""
    apt = machine.command("apt-get")
    if apt and machine.is_root:
        install = f"{shlex.quote(apt)} install -y -qq --no-install-recommends chromium-headless-shell"
        environment = "DEBIAN_FRONTEND=noninteractive"
        yield ["sh", "-c", f"{shlex.quote(apt)} update -qq; {environment} {install}"]
    yield [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]


def _run(command: Sequence[str]) -> int:
    """Run `command` with its output on stderr, where progress belongs."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
