"""Which browser drives the portal: the one that was named, else the best of those that are on this machine.

Nothing is started or installed here; `portal2fa.browser_setup` installs a browser where none is found.
The order, best first:

1. the one named on the command line, or in `PORTAL2FA_BROWSER_ENDPOINT`, `PORTAL2FA_CDP` or `PORTAL2FA_BROWSER`:
   the address of one that runs elsewhere, or a path or a command;
2. Playwright's own headless shell or Chromium, in the revision that the installed Playwright wants;
3. a headless shell of the system, which starts faster than a full browser;
4. a full Chromium or Google Chrome of the system.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal2fa.errors import EnvironmentProblem, UsageError
from portal2fa.remote_browsers import Remote, find_remote

VARIABLE = "PORTAL2FA_BROWSER"
HEADLESS_SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
FULL_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

QUIET_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Keep the browser from talking to anybody but the portal, and from needing graphics hardware."""


@dataclass(frozen=True, slots=True)
class BrowserChoice:
    """What to give to Playwright's `chromium.launch`; a path of None means Playwright's own headless shell.

    A `remote` one is not launched here, but reached at its address.
    """

    executable_path: str | None
    args: tuple[str, ...]
    description: str
    remote: Remote | None = None

    def told(self, text: str) -> str:
        """`text` without what is secret in the address of a remote browser."""
        return self.remote.told(text) if self.remote else text

    @property
    def is_shell(self) -> bool:
        """Whether it is a headless shell, which has no window to show."""
        return self.executable_path is None or "shell" in Path(self.executable_path).name


@dataclass(frozen=True, slots=True)
class Machine:
    """What the choice depends on, so that tests can make up a machine."""

    environment: Mapping[str, str]
    home: Path
    is_root: bool
    playwright: Path | None
    mac_chrome: Path = MAC_CHROME

    @classmethod
    def here(cls, environment: Mapping[str, str] | None = None) -> Machine:
        """Return the machine that this process runs on, with other environment variables if they are given."""
        spec = importlib.util.find_spec("playwright")
        folders = spec.submodule_search_locations if spec else None
        return cls(
            environment=os.environ if environment is None else environment,
            home=Path.home(),
            is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
            playwright=Path(next(iter(folders))) if folders else None,
        )

    def command(self, name: str) -> str | None:
        """Return the full path of the command `name`, or None where the search path does not have it."""
        return shutil.which(name, path=self.environment.get("PATH", os.defpath))


def find_browser(
    environment: Mapping[str, str] | None = None,
    *,
    named: str | None = None,
    machine: Machine | None = None,
    headed: bool = False,
    endpoint: str | None = None,
    cdp: str | None = None,
) -> BrowserChoice:
    """Return the browser to use; `named` comes from the command line and wins over everything.

    So do `endpoint` and `cdp`, the addresses of a Playwright server and of a Chromium that runs already.

    A browser that is to be seen (`headed`) cannot be a headless shell.

    The machine is this one, with `environment` instead of `os.environ` where it is given; tests give a `machine`.

    Raises:
        EnvironmentProblem: the named browser is not there, or there is none at all.
        UsageError: what is asked for cannot be had together, or an address is none.
    """
    machine = machine or Machine.here(environment)
    if remote := find_remote({} if named or headed else machine.environment, endpoint=endpoint, cdp=cdp):
        return _remote(remote, named, headed=headed)
    wanted = named or machine.environment.get(VARIABLE, "")
    if wanted:
        return _named(wanted, "--browser" if named else VARIABLE, machine)
    found = next((choice for choice in _installed(machine) if not (headed and choice.is_shell)), None)
    if found is None:
        programs = ", ".join(HEADLESS_SHELLS + FULL_BROWSERS)
        raise EnvironmentProblem(
            "No browser that can be seen was found." if headed else "No browser was found on this machine.",
            cause=f"Playwright has not installed one, and none of these programs is there: {programs}.",
            hint=f"Run `python -m portal2fa.browser_setup`, or name one: {VARIABLE}=/path/to/chromium.",
        )
    return found


def anywhere(
    environment: Mapping[str, str], *, named: str | None, endpoint: str | None, cdp: str | None
) -> BrowserChoice:
    """Return what to tell machines that are to find a browser of their own: its name, if any, or where one runs."""
    if remote := find_remote({} if named else environment, endpoint=endpoint, cdp=cdp):
        return _remote(remote, named, headed=False)
    return BrowserChoice(named, (), "that of each machine")


def _remote(remote: Remote, named: str | None, *, headed: bool) -> BrowserChoice:
    """Return the choice of a browser that runs elsewhere."""
    if named:
        raise UsageError(f"--browser and {remote.source} name two browsers.", hint="a run uses one: leave one out")
    if headed:
        raise UsageError(
            f"--headed cannot be had with {remote.source}.",
            cause="a browser that runs elsewhere shows its windows there, or none",
            hint="leave --headed out",
        )
    return BrowserChoice(None, QUIET_ARGUMENTS, f"{remote.shown} (named by {remote.source})", remote)


def _named(wanted: str, source: str, machine: Machine) -> BrowserChoice:
    """Return the browser that somebody named, as a path or as a command."""
    path = machine.command(os.path.expanduser(wanted))
    if path is None:
        raise EnvironmentProblem(
            f"The browser {wanted} cannot be started.",
            cause=f"{source} names it, but there is no such program.",
            hint="Give the path of a Chromium, Google Chrome or headless shell.",
        )
    return _choice(path, f"{path} (named by {source})", machine)


def _installed(machine: Machine) -> Iterator[BrowserChoice]:
    """Yield every browser on the machine, best first."""
    yield from _playwright_browsers(machine)
    for name in HEADLESS_SHELLS + FULL_BROWSERS:
        if path := machine.command(name):
            yield _choice(path, f"{path} (of the system)", machine)
    if machine.mac_chrome.exists():
        yield _choice(str(machine.mac_chrome), f"{machine.mac_chrome} (of the system)", machine)


def _playwright_browsers(machine: Machine) -> Iterator[BrowserChoice]:
    """Yield what `playwright install` has completed in the revisions that this Playwright asks for."""
    folder = _playwright_cache(machine)
    revisions = _revisions(machine)
    shell = revisions.get("chromium-headless-shell")
    if shell and _is_complete(folder / f"chromium_headless_shell-{shell}"):
        yield _choice(None, f"Playwright's headless shell, revision {shell}", machine)
    full = revisions.get("chromium")
    if full and _is_complete(folder / f"chromium-{full}"):
        for path in sorted((folder / f"chromium-{full}").glob("chrome-linux*/chrome")):
            yield _choice(str(path), f"Playwright's Chromium, revision {full}", machine)


def _revisions(machine: Machine) -> dict[str, str]:
    """Return the revision of each browser that the installed Playwright wants, by name; empty if there is none."""
    if machine.playwright is None:
        return {}
    register = machine.playwright / "driver" / "package" / "browsers.json"
    try:
        browsers = json.loads(register.read_text(encoding="utf-8"))["browsers"]
        return {browser["name"]: browser["revision"] for browser in browsers}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # an unknown layout: then there is nothing to find here, and the system's browsers are next


def _playwright_cache(machine: Machine) -> Path:
    """Return the folder in which Playwright keeps its browsers; see its documentation, "Managing browser binaries"."""
    given = machine.environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if given == "0":
        return (machine.playwright or machine.home) / "driver" / "package" / ".local-browsers"
    if given:
        return Path(given)
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    default = machine.environment.get("XDG_CACHE_HOME") if sys.platform != "darwin" else None
    return Path(default or machine.home / caches) / "ms-playwright"


def _is_complete(folder: Path) -> bool:
    """Tell whether Playwright has finished this installation: it leaves a marker file last."""
    return (folder / "INSTALLATION_COMPLETE").exists()


def _choice(path: str | None, description: str, machine: Machine) -> BrowserChoice:
    """Return the choice of the browser at `path`; Chromium's sandbox refuses to start as root, and only there."""
    sandbox = ("--no-sandbox",) if machine.is_root else ()
    return BrowserChoice(path, (*sandbox, *QUIET_ARGUMENTS), description)
