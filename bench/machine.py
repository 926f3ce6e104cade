"""Where the figures come from: the machine, how busy it was, and the versions of what was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import portal2fa

LOAD = "load before the run"
"""The fact that tells whether figures of time can be relied on: processes that were waiting for a core."""


def facts(browser: str) -> dict[str, str]:
    """Name and value of everything that a reader needs in order to compare; read when called."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": _gigabytes(_field("/proc/meminfo", "MemTotal")),
        "system": f"{platform.system()} {platform.release()}",
        LOAD: f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "portal2fa": portal2fa.__version__,
        "behave": version("behave"),
        "Playwright": version("playwright"),
        "Node.js": _node(),
        "browser": browser,
    }


def _node() -> str:
    """The version of Node.js, which some peers run on; `none` where it cannot be asked."""
    try:
        done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "none"
    return done.stdout.strip().removeprefix("v")


def _field(file: str, name: str) -> str:
    """The first value called `name` in a file of `name: value` lines; empty when there is none."""
    for line in Path(file).read_text("utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _gigabytes(kilobytes: str) -> str:
    number = kilobytes.removesuffix("kB").strip()
    return f"{int(number) / 1024**2:.1f} GiB" if number.isdigit() else "unknown"
