"""A small suite without a browser, whose steps die, hang and fail, and a session to run it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portal2fa import runner
from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.outcomes import Result
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import Selection
from portal2fa.session import Session

HOOKS = """
import os
from pathlib import Path

from portal2fa.errors import EnvironmentProblem

HERE = Path(__file__).parent


def before_all(context):
    context.session, context.world = context.config.userdata["portal2fa.session"], None
    context.session.recorder.findings.browser = "no browser"
    with (HERE / "opened").open("a") as opened:
        opened.write(f"{os.getpid()}\\n")
    if (HERE / "closed-to-all").exists() or context.session.target.profile.name == "closed":
        raise EnvironmentProblem("It does not open.")
    if (HERE / "open-to-one").exists():
        try:
            (HERE / "taken").touch(exist_ok=False)  # of two that come at once, one is the first
        except FileExistsError as taken:
            raise EnvironmentProblem("It is open to one.") from taken


def before_scenario(context, scenario):
    context.session = context.session.beside(scenario.name.replace(" ", "-"))


def after_scenario(context, scenario):
    pass


def after_all(context):
    context.session.recorder.remark("closed")
    if (HERE / "tells-when-it-closes").exists():
        with (HERE / "news").open("w") as news:
            news.write("closed\\n")
    if (HERE / "breaks-at-the-end").exists():
        raise RuntimeError("it does not close")
    if (HERE / "tells-what-is-left").exists():
        raise EnvironmentProblem("Something is left.", cause="it stays", hint="remove it")
"""

STEPS = """
import os
import signal
import threading
from pathlib import Path

from behave import given, then

from portal2fa.expectation import expect

HERE = Path(__file__).parents[1]
with (HERE / "loaded").open("a") as loaded:
    loaded.write(f"{os.getpid()}\\n")


@given("it dies, {times:d} times at most")
def dies(context, times):
    with (HERE / "died").open("a") as died:
        died.write("once\\n")
    if len((HERE / "died").read_text().split()) <= times:
        print("dying")
        os.kill(os.getpid(), signal.SIGKILL)


@given("it hangs, but only once")
def hangs(context):
    if not (HERE / "hung").exists():
        (HERE / "hung").touch()
        end = os.open(HERE / "news", os.O_WRONLY)
        os.write(end, b"hanging\\n")
        threading.Event().wait()


@given("a picture is taken")
def picture(context):
    context.session.recorder.picture("a picture", str(os.getpid()).encode())
    context.session.recorder.saw("notices.on")
    context.session.recorder.used("controls.enable")


@then("all is well")
def well(context):
    pass


@then("something is wrong")
def wrong(context):
    expect(False, expected="nothing", seen="something")
"""

PLAIN = """
  Scenario: One
    Given a picture is taken
    Then all is well

  Scenario: Two
    Given a picture is taken
    Then something is wrong

  Scenario: Three
    Then all is well
"""


def suite(root: Path, scenarios: str = PLAIN) -> Path:
    """A suite with these scenarios in one feature."""
    for path, text in {
        "features/a.feature": f"Feature: A\n{scenarios}",
        "steps/a_steps.py": STEPS,
        "environment.py": HOOKS,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def session(root: Path, at_once: int = 1) -> tuple[Session, Selection]:
    """A session with everything in that suite."""
    found = Session(
        target=load_target("reference", find_root()),
        root=root,
        register=load_register(find_root() / "features" / "clauses.toml"),
        browser=BrowserChoice(None, (), "none"),
        recorder=Recorder(root / "report"),
        at_once=at_once,
    )
    return found, Selection(read_scenarios(root / "features"))


def one_after_the_other(root: Path) -> Result:
    """Run everything in this process, which keeps the steps: a test calls this in a process of its own."""
    found, selection = session(root)
    return runner.run(found, selection, command="c", progress=lambda result: None)


def in_lanes(root: Path, times: Mapping[str, float]) -> list[str]:
    """Run everything in this process, for two lanes, after an earlier run with these times; the names as they end."""
    found, selection = session(root, at_once=2)
    told: list[str] = []
    runner.run(replace(found, times=times), selection, command="c", progress=lambda result: told.append(result.name))
    return told
