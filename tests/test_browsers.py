"""Which browser is taken on machines that are made up of folders and a search path."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from portal2fa.browser_setup import ensure_browser
from portal2fa.browsers import Machine, find_browser
from portal2fa.errors import EnvironmentProblem


@dataclass(frozen=True)
class MadeUp:
    """A machine in a temporary folder, and the hands to put programs on it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def machine(self) -> Machine:
        """The machine as the code under test sees it: an ordinary user's, with Playwright but without a browser."""
        return Machine(
            environment={"PATH": str(self.folder / "bin"), **self.environment},
            home=self.folder / "home",
            is_root=False,
            playwright=self.folder / "playwright",
            mac_chrome=self.folder / "Applications" / "Google Chrome",
        )

    def program(self, name: str, folder: str = "bin") -> str:
        """Put an executable file there and return its path."""
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o755)
        return str(path)

    def playwright_browser(self, name: str, *, complete: bool = True, cache: str = "home/.cache/ms-playwright") -> None:
        """Put a browser into Playwright's cache, with the marker that Playwright writes last unless interrupted."""
        folder = self.folder / cache / name
        folder.mkdir(parents=True)
        if complete:
            (folder / "INSTALLATION_COMPLETE").touch()


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    """A machine with a Playwright that wants revision 77, and with nothing else."""
    monkeypatch.setattr("sys.platform", "linux")  # the cache folder has another name elsewhere
    register = tmp_path / "playwright" / "driver" / "package" / "browsers.json"
    register.parent.mkdir(parents=True)
    wanted = [{"name": name, "revision": "77"} for name in ("chromium", "chromium-headless-shell", "firefox")]
    register.write_text(json.dumps({"browsers": wanted}))
    return MadeUp(tmp_path)


def test_the_named_browser_wins_over_every_other_one(made_up: MadeUp) -> None:
    made_up.playwright_browser("chromium_headless_shell-77")
    made_up.program("chromium-headless-shell")
    mine, other = made_up.program("mine", "opt"), made_up.program("other", "opt")
    made_up.environment["PORTAL2FA_BROWSER"] = mine
    assert find_browser(machine=made_up.machine).executable_path == mine
    assert find_browser(named=other, machine=made_up.machine).executable_path == other


def test_the_environment_may_be_given_in_place_of_the_processes_own(made_up: MadeUp) -> None:
    mine = made_up.program("mine", "opt")
    assert find_browser({"PORTAL2FA_BROWSER": mine}).executable_path == mine


def test_a_browser_may_be_named_as_a_command(made_up: MadeUp) -> None:
    path = made_up.program("brave")
    assert find_browser(named="brave", machine=made_up.machine).executable_path == path


@pytest.mark.parametrize("source", ["--browser", "PORTAL2FA_BROWSER"])
def test_a_named_browser_that_is_missing_is_told_with_who_named_it(made_up: MadeUp, source: str) -> None:
    made_up.program("chromium")
    missing = str(made_up.folder / "nowhere" / "chromium")
    if source == "PORTAL2FA_BROWSER":
        made_up.environment[source] = missing
    with pytest.raises(EnvironmentProblem) as problem:
        find_browser(named=missing if source == "--browser" else None, machine=made_up.machine)
    assert missing in problem.value.what
    assert source in problem.value.cause
    assert problem.value.hint


def test_playwrights_own_headless_shell_comes_before_the_systems(made_up: MadeUp) -> None:
    made_up.program("chromium-headless-shell")
    made_up.playwright_browser("chromium_headless_shell-77")
    choice = find_browser(machine=made_up.machine)
    assert choice.executable_path is None
    assert "77" in choice.description


@pytest.mark.parametrize(
    ("folder", "complete"), [("chromium_headless_shell-77", False), ("chromium_headless_shell-76", True)]
)
def test_an_interrupted_or_outdated_installation_does_not_count(
    made_up: MadeUp, folder: str, *, complete: bool
) -> None:
    made_up.playwright_browser(folder, complete=complete)
    system = made_up.program("chromium")
    assert find_browser(machine=made_up.machine).executable_path == system


def test_playwrights_full_chromium_is_taken_by_its_path(made_up: MadeUp) -> None:
    made_up.playwright_browser("chromium-77")
    path = made_up.program("chrome", "home/.cache/ms-playwright/chromium-77/chrome-linux")
    assert find_browser(machine=made_up.machine).executable_path == path


@pytest.mark.parametrize(
    ("variable", "value", "cache"),
    [
        ("PLAYWRIGHT_BROWSERS_PATH", "{folder}/shared", "shared"),
        ("PLAYWRIGHT_BROWSERS_PATH", "0", "playwright/driver/package/.local-browsers"),
        ("XDG_CACHE_HOME", "{folder}/caches", "caches/ms-playwright"),
    ],
)
def test_playwrights_cache_is_where_its_own_variables_say(
    made_up: MadeUp, variable: str, value: str, cache: str
) -> None:
    made_up.environment[variable] = value.format(folder=made_up.folder)
    made_up.playwright_browser("chromium_headless_shell-77", cache=cache)
    assert find_browser(machine=made_up.machine).executable_path is None


def test_a_system_headless_shell_comes_before_a_full_browser(made_up: MadeUp) -> None:
    chrome = made_up.program("google-chrome")
    assert find_browser(machine=made_up.machine).executable_path == chrome
    chromium = made_up.program("chromium")
    assert find_browser(machine=made_up.machine).executable_path == chromium
    shell = made_up.program("chromium-headless-shell")
    assert find_browser(machine=made_up.machine).executable_path == shell


def test_chrome_in_the_applications_folder_of_a_mac_is_found(made_up: MadeUp) -> None:
    path = made_up.program("Google Chrome", "Applications")
    assert find_browser(machine=made_up.machine).executable_path == path


def test_the_sandbox_is_given_up_for_root_only(made_up: MadeUp) -> None:
    made_up.program("chromium")
    assert "--no-sandbox" not in find_browser(machine=made_up.machine).args
    assert "--no-sandbox" in find_browser(machine=replace(made_up.machine, is_root=True)).args


@pytest.mark.parametrize("register", ["", "[]", '{"browsers": [{"name": "chromium"}]}'])
def test_a_playwright_of_unknown_layout_leaves_the_systems_browsers(made_up: MadeUp, register: str) -> None:
    (made_up.folder / "playwright" / "driver" / "package" / "browsers.json").write_text(register)
    made_up.playwright_browser("chromium_headless_shell-77")
    path = made_up.program("chromium")
    assert find_browser(machine=made_up.machine).executable_path == path


def test_no_browser_at_all_is_an_environment_problem_with_cause_and_hint(made_up: MadeUp) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        find_browser(machine=replace(made_up.machine, playwright=None))
    assert "chromium-headless-shell" in problem.value.cause
    assert "portal2fa.browser_setup" in problem.value.hint


def test_setup_installs_nothing_where_a_browser_is(made_up: MadeUp) -> None:
    path = made_up.program("chromium")
    assert ensure_browser(machine=made_up.machine, run=_never).executable_path == path


def test_setup_does_not_replace_a_named_browser_that_is_missing(made_up: MadeUp) -> None:
    made_up.environment["PORTAL2FA_BROWSER"] = "/nowhere/chromium"
    with pytest.raises(EnvironmentProblem, match="/nowhere/chromium"):
        ensure_browser(machine=made_up.machine, run=_never)


def test_setup_takes_the_distributions_package_as_root(made_up: MadeUp) -> None:
    made_up.program("apt-get")
    commands: list[str] = []
    run = _recorder(commands, lambda: made_up.program("chromium-headless-shell"))
    choice = ensure_browser(machine=replace(made_up.machine, is_root=True), run=run)
    assert choice.executable_path == str(made_up.folder / "bin" / "chromium-headless-shell")
    assert len(commands) == 1
    assert "install -y" in commands[0]


def test_setup_lets_playwright_download_where_we_are_not_root(made_up: MadeUp) -> None:
    made_up.program("apt-get")
    commands: list[str] = []
    run = _recorder(commands, lambda: made_up.playwright_browser("chromium_headless_shell-77"))
    assert ensure_browser(machine=made_up.machine, run=run).executable_path is None
    assert [command.split(" ", 1)[1] for command in commands] == ["-m playwright install chromium --only-shell"]


def test_setup_goes_on_to_the_download_when_the_distribution_has_no_such_package(made_up: MadeUp) -> None:
    made_up.program("apt-get")

    def run(command: Sequence[str]) -> int:
        if "playwright" in command:
            made_up.playwright_browser("chromium_headless_shell-77")
            return 0
        return 100

    assert ensure_browser(machine=replace(made_up.machine, is_root=True), run=run).executable_path is None


def test_setup_tells_all_that_it_tried_when_nothing_worked(made_up: MadeUp) -> None:
    made_up.program("apt-get")
    with pytest.raises(EnvironmentProblem) as problem:
        ensure_browser(machine=replace(made_up.machine, is_root=True), run=lambda command: 1)
    assert "apt-get" in problem.value.cause
    assert "playwright install" in problem.value.cause


def _never(command: Sequence[str]) -> int:
    """Refuse to run a command."""
    raise AssertionError(f"ran {command}")


def _recorder(commands: list[str], effect: Callable[[], object]) -> Callable[[Sequence[str]], int]:
    """Return a runner that notes each command, has `effect`, and succeeds."""

    def run(command: Sequence[str]) -> int:
        commands.append(" ".join(command))
        effect()
        return 0

    return run
