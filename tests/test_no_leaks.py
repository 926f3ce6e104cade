"""Nothing of a scenario reaches its neighbours: a suite whose scenarios meet in the middle and look around.

All are about Ana, on the real reference portal with the real hooks.  Nobody goes on before everybody has an account, a
clock, a mail and notes; then each looks whether it finds its own, and only its own.  With fewer lanes than scenarios
they would wait in vain for each other.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.reports.result_json import from_json

ROOT = Path(__file__).parents[1]
LANES = 4

FEATURE = """
Feature: Neighbours

  Scenario Outline: <mark> looks around
    Given Ana comes, and everything of hers bears the mark <mark>
    When all others have come as well
    Then everything of hers bears the mark <mark>
    And her windows stay open until she has ended herself

    Examples:
      | mark  |
      | one   |
      | two   |
      | three |

  Scenario: four fails
    Given Ana comes, and everything of hers bears the mark four
    When all others have come as well
    Then she is told that something is wrong with four

  @requires.several-methods
  Scenario: five is left out
    Given Ana comes, and everything of hers bears the mark five
"""

ENVIRONMENT = """
from fixtures import hooks
from fixtures.hooks import *

from meeting import ended


def after_scenario(context, scenario):
    hooks.after_scenario(context, scenario)
    ended.append(scenario.name)
"""

MEETING = f"""
LANES = {LANES}
came, ended = {{}}, []
"""

STEPS = """
from behave import given, then, when

from meeting import LANES, came, ended
from portal2fa.expectation import expect
from steps.tasks import arriving, mail, people, setting_up, waiting

HOURS = {"one": 1, "two": 2, "three": 3, "four": 4}


@given("Ana comes, and everything of hers bears the mark {mark}")
def comes(context, mark):
    world = context.world
    actor = arriving.enters(world, "Ana")
    context.mark, context.began, context.account = mark, actor.now(), actor.account.username
    world.recorder.text("mark", f"the mark {mark}")
    setting_up.start_from_anywhere(actor, "email")
    context.code = mail.newest_code(actor)
    world.clock.advance(context.account, 3600 * HOURS[mark])
    actor.portal.page.evaluate("mark => { document.title = mark; }", mark)
    came[mark] = actor


@when("all others have come as well")
def all_came(context):
    waiting.until(lambda: len(came) == LANES, 60)
    assert sorted(came) == sorted(HOURS), f"only {sorted(came)} came"


@then("everything of hers bears the mark {mark}")
def bears(context, mark):
    world, actor = context.world, people.person(context.world, "she")
    others = [other for name, other in came.items() if name != mark]
    found = {
        "context": context.mark == mark,
        "scenario": context.scenario.name.startswith(mark),
        "cast": actor is came[mark] and list(world.actors) == ["Ana"] and world.current is actor,
        "account": actor.account.username == context.account,
        "account alone": context.account not in {other.account.username for other in others},
        "clock": abs(actor.now() - context.began - 3600 * HOURS[mark]) < 60,
        "mailbox": {address for letter in mail.new_mails(actor) for address in letter.recipients} == {context.account},
        "mails": len(mail.code_mails(actor)) == 1 and mail.newest_code(actor) == context.code,
        "window": actor.portal.page.title() == mark,
        "output": [item.text for item in world.recorder.notes.evidence if item.title == "mark"] == [f"the mark {mark}"],
        "recorder": world.recorder is context.session.recorder is actor.portal.recorder,
    }
    wrong = [name for name, right in found.items() if not right]
    expect(not wrong, expected="her own things", seen=", ".join(wrong))


@then("her windows stay open until she has ended herself")
def stay_open(context):
    waiting.until(lambda: ended, 60) if context.mark != "one" else None
    expect(people.person(context.world, "she").portal.page.title(), expected="a window", seen="none")


@then("she is told that something is wrong with {mark}")
def is_told(context, mark):
    title = people.person(context.world, "she").portal.page.title()
    expect(title == "nothing wrong", expected="nothing wrong", seen=f"the mark {mark}")
"""

MAIN = f"""
import sys
from pathlib import Path

root = Path(sys.argv[1])
sys.path.insert(0, str(root / "lib"))
from portal2fa import runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.profile_files import find_root, load_target
from portal2fa.reports.result_json import to_json
from portal2fa.selection import select
from portal2fa.session import Session

session = Session(
    target=load_target("reference", find_root()),
    root=root,
    register=load_register(find_root() / "features" / "clauses.toml"),
    browser=find_browser(),
    recorder=Recorder(root / "report"),
    evidence="failures",
    at_once={LANES},
)
result = runner.run(session, select(read_scenarios(root / "features")), command="c", progress=lambda result: None)
print("RESULT" + to_json(result))
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What the suite came to."""
    root = tmp_path_factory.mktemp("suite")
    for path, text in {
        "features/neighbours.feature": FEATURE,
        "steps/meeting_steps.py": STEPS,
        "lib/meeting.py": MEETING,
        "environment.py": ENVIRONMENT,
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    (root / "reference_server").symlink_to(ROOT / "reference_server")
    done = subprocess.run(
        [sys.executable, "-c", MAIN, str(root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return from_json(done.stdout.partition("RESULT")[2])


def _of(result: Result, mark: str) -> ScenarioResult:
    return next(found for found in result.scenarios if found.name.startswith(mark))


@pytest.mark.parametrize("mark", ["one", "two", "three"])
def test_every_scenario_finds_its_own_things_and_no_others(result: Result, mark: str) -> None:
    found = _of(result, mark)
    assert found.outcome is Outcome.PASSED, found.reason


def test_the_failure_of_one_is_its_own_with_its_own_picture_and_trail(result: Result) -> None:
    failed = _of(result, "four")
    assert failed.outcome is Outcome.FAILED, failed.reason
    assert [found.outcome for found in result.scenarios].count(Outcome.FAILED) == 1
    assert [item.kind for item in failed.evidence].count("screenshot") == 1
    (trail,) = [item.text for item in failed.evidence if item.title == "to see it by hand"]
    assert trail.startswith("Given Ana comes, and everything of hers bears the mark four")
    assert trail.count("the mark") == 1


def test_what_is_kept_of_each_is_its_own(result: Result) -> None:
    for mark in ("one", "two", "three", "four"):
        told = [item.text for item in _of(result, mark).evidence if item.title == "mark"]
        assert told == [f"the mark {mark}"]


def test_what_is_left_out_keeps_no_other_out(result: Result) -> None:
    assert _of(result, "five").outcome is Outcome.INAPPLICABLE
    assert result.problems == ()
    assert result.not_restored == ()
