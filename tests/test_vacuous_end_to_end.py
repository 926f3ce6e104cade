"""The suite suspects itself: a scenario whose Then-steps look at nothing of the portal proves nothing, and says so.

A miniature suite with the hooks, tasks and words of the real one, and with steps of its own; it is run in a process of
its own, as behave keeps what it knows of steps for the whole process.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from portal2fa.profile_files import find_root

ROOT = find_root()
LINKED = ("environment.py", "fixtures", "reference_server")
FEATURE = """
@area.journey
Feature: Looking at nothing

  @clause.NAV-1 @must
  Rule: What nobody looked at proves nothing

    Scenario: It always holds
      Given Ana has an account without two-factor sign-in
      When Ana comes to the front
      Then two is two

    Scenario: It never holds
      Given Ana has an account without two-factor sign-in
      When Ana comes to the front
      Then two is three

    Scenario: It was noted before anything was read
      Given Ana has an account without two-factor sign-in
      When Ana makes up her mind
      Then it is as she remembers

    Scenario: It only goes somewhere
      Given Ana has an account without two-factor sign-in
      When Ana comes to the front
      Then Ana comes to the front

    Scenario: It was read before
      Given Ana has an account without two-factor sign-in
      When Ana reads the title
      Then it is as she remembers

    Scenario: It is read now
      Given Ana has an account without two-factor sign-in
      When Ana comes to the front
      Then the title is there
      And two is two

    Scenario: It is read now and is not so
      Given Ana has an account without two-factor sign-in
      When Ana comes to the front
      Then the title is another one

    Scenario: The mailbox is looked at
      Given Ana has an account without two-factor sign-in
      Then her mailbox is empty
"""
STEPS = '''
"""Steps that look, and steps that do not."""

from behave import given, step, then, when

from portal2fa.expectation import expect
from steps.tasks import arriving, mail
from steps.words import person, world


@given("Ana has an account without two-factor sign-in")
def account(context):
    arriving.enters(world(context), "Ana")


@step("Ana comes to the front")
def front(context):
    person(context, "Ana").portal.open("front")


@when("Ana makes up her mind")
def thinks(context):
    person(context, "Ana").notes["title"] = "Harbour"


@when("Ana reads the title")
def reads(context):
    front(context)
    person(context, "Ana").notes["title"] = person(context, "Ana").portal.page.title()


@then("two is {number}")
def is_two(context, number):
    expect(number == "two", expected="two", seen=number)


@then("it is as she remembers")
def remembers(context):
    expect("Harbour" in person(context, "Ana").notes["title"], expected="the name", seen="another")


@then("the title is there")
def title(context):
    expect(person(context, "Ana").portal.page.title(), expected="a title", seen="none")


@then("the title is another one")
def other(context):
    title = person(context, "Ana").portal.page.title()
    expect(title == "Elsewhere", expected="Elsewhere", seen=title)


@then("her mailbox is empty")
def empty(context):
    expect(not mail.new_mails(person(context, "Ana")), expected="no mail", seen="one")
'''
PLAY = """
import json, sys
from pathlib import Path
from portal2fa import runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import Selection
from portal2fa.session import Session

root = Path(sys.argv[1])
session = Session(
    target=load_target("reference", find_root()),
    root=root,
    register=load_register(find_root() / "features" / "clauses.toml"),
    browser=find_browser(),
    recorder=Recorder(root / "report"),
    evidence="failures",
    at_once=2,
)
result = runner.run(session, Selection(read_scenarios(root / "features")), command="x", progress=lambda result: None)
print(json.dumps({one.name: [one.outcome.value, one.reason] for one in result.scenarios}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Outcome and reason of each scenario of the miniature suite."""
    root = tmp_path_factory.mktemp("suite")
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    for name, text in {"features/looking.feature": FEATURE, "steps/looking.py": STEPS}.items():
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, "utf-8")
    for name in ("__init__.py", "words.py", "tasks"):
        (root / "steps" / name).symlink_to(ROOT / "steps" / name)
    done = subprocess.run(
        [sys.executable, "-c", PLAY, str(root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize(
    "name",
    ["It always holds", "It never holds", "It was noted before anything was read", "It only goes somewhere"],
)
def test_then_steps_that_look_at_nothing_neither_pass_nor_fail(found: dict[str, list[str]], name: str) -> None:
    outcome, reason = found[name]
    assert outcome == "cantTell"
    assert "mistake of the suite" in reason


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("It was read before", "passed"),
        ("It is read now", "passed"),
        ("It is read now and is not so", "failed"),
        ("The mailbox is looked at", "passed"),
    ],
)
def test_then_steps_that_look_decide(found: dict[str, list[str]], name: str, outcome: str) -> None:
    assert found[name][0] == outcome, found[name][1]
