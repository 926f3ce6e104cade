"""The mutation runs: mutants are made as they are named, are noticed or not, and never reach the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mutation import judges, kept, playing, scratch, telling
from mutation.__main__ import main, sample
from mutation.judges import Finding, Outcome
from mutation.looking import Look, Warm, look
from mutation.mutants import RULES, Mutant, Name, mutants
from mutation.operators import CHOSEN, OURS
from mutation.record import Record

cosmic_ray = pytest.importorskip("cosmic_ray.mutating")

ROOT = Path(__file__).resolve().parents[1]
RULE = '''
def may_enter(age: int) -> bool:
    """The door opens at eighteen."""
    return age >= 18


def greeting(name: str) -> str:
    return name.strip()
'''
CHECK = """
from rules.door import greeting, may_enter


def test_door() -> None:
    assert may_enter(18)
    assert not may_enter(17)
    assert greeting("Ana") == "Ana"
"""
DOOR = "rules/door.py"
LINE = "return age >= 18"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one rule and one test, as a checkout that is clean."""
    root = tmp_path / "project"
    for path, text in {DOOR: RULE, "checks/test_door.py": CHECK, "checks/conftest.py": ""}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    git(root, "init", "--quiet")
    commit(root)
    return root


def git(root: Path, *command: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=Ana", "-c", "user.email=ana@a.example", *command], check=True
    )


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A door")


def play(root: Path, said: list[str]) -> dict[str, Finding]:
    """What became of each mutant, by what its line became."""
    judge = judges.Tests(600, "checks", rests_on=("rules", "checks"), starts=("rules.door",))
    record = Record(root.parent / "found.jsonl")
    found = playing.play(root, mutants(root, DOOR), judge, record, scratch.inherited(), jobs=2, say=said.append)
    return {name.becomes: finding for name, finding in found.items()}


# ------------------------------------------------------------------------------------------------- from end to end


def test_a_mutant_that_a_test_sees_is_killed_and_another_one_survives(project: Path) -> None:
    found = play(project, [])
    test = "checks/test_door.py::test_door"
    assert found["return age > 18"] == Finding(Outcome.KILLED, test)
    assert found["return age >= 17"] == Finding(Outcome.KILLED, test)
    assert found["return name"] == Finding(Outcome.SURVIVED)
    assert (project / DOOR).read_text("utf-8") == RULE
    scratch.clean(project)


def test_a_test_that_is_added_asks_the_survivors_alone(project: Path) -> None:
    many = len(play(project, []))
    said: list[str] = []
    play(project, said)
    assert said == [f"{many} mutants, {many} known from before"]
    more = 'from rules.door import greeting\n\n\ndef test_greeting() -> None:\n    assert greeting(" Ana ") == "Ana"\n'
    (project / "checks/test_greeting.py").write_text(more, "utf-8")
    commit(project)
    said.clear()
    assert play(project, said)["return name"].by == "checks/test_greeting.py::test_greeting"
    assert said[0] == f"{many} mutants, {many - 1} known from before"
    assert [line.partition("]")[0] for line in said[2:]] == ["[1/1"]


def test_nothing_is_said_where_the_right_portal_does_not_pass(project: Path) -> None:
    (project / DOOR).write_text(RULE.replace("18", "19"), "utf-8")
    commit(project)
    with pytest.raises(scratch.CannotJudge, match=r"do not pass on the right portal: checks/test_door\.py::test_door"):
        play(project, [])


def test_a_dirty_checkout_is_refused(project: Path) -> None:
    (project / DOOR).write_text(RULE.replace("18", "21"), "utf-8")
    with pytest.raises(scratch.CannotJudge, match=r"(?s) M rules/door\.py.*hint: commit"):
        scratch.clean(project)


def test_a_folder_without_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(scratch.CannotJudge, match="git status: fatal: not a git repository"):
        scratch.clean(tmp_path)


def test_without_cosmic_ray_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mutation.__main__.find_spec", lambda name: None)
    assert main([]) == 2
    assert "hint: make setup" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------ the mutants


@pytest.mark.parametrize("operator", [kind for kinds in OURS.values() for kind in kinds.values()])
def test_operators_do_what_their_examples_say(operator: type) -> None:
    for example in operator.examples():  # type: ignore[attr-defined]
        done = cosmic_ray.mutate_code(example.pre_mutation_code, operator(), example.occurrence)
        assert done == example.post_mutation_code


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ('    await db("UPDATE t SET a = ?, b = NULL WHERE c = ? AND d < ?")\n', 6),
        ("    x: int | None = None\n", 0),
        ("    return not x\n", 1),
    ],
)
def test_mutants_that_change_no_rule_are_not_made(tmp_path: Path, source: str, becomes: int) -> None:
    (tmp_path / "rule.py").write_text(f"async def rule(db: str | None, *, x: int) -> int | None:\n{source}", "utf-8")
    made = mutants(tmp_path, "rule.py")
    assert len(made) == becomes, [str(mutant.name) for mutant in made]
    assert {mutant.operator for mutant in made} <= set(CHOSEN)


def test_equal_lines_of_one_function_have_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text(
        "def rule(x):\n    if x:\n        return True\n    f(x)\n    return True\n", "utf-8"
    )
    name = Name("rule.py", "rule", "return True", "return False")
    assert [mutant.name.nth for mutant in mutants(tmp_path, "rule.py") if mutant.name.line == name.line] == [1, 2]


def test_a_larger_sample_begins_with_the_smaller_one() -> None:
    many = [Mutant(Name("m", "f", str(number), ""), "", "") for number in range(30)]
    assert sample(many[::-1], 20, 7)[:10] == sample(many, 10, 7)
    assert sample(many, 10, 8) != sample(many, 10, 7)
    assert sample(many, 0, 7) == many


# -------------------------------------------------------------------------------------------------- the second look


def looks(monkeypatch: pytest.MonkeyPatch, *answers: Look) -> list[float]:
    """Answer looks one after the other; returns how long each might take, as they come."""
    waiting, seconds = iter(answers), []

    def answer(*given: object, **options: float) -> Look:
        seconds.append(options["seconds"])
        return next(waiting)

    class Answering:
        look = staticmethod(answer)

    monkeypatch.setattr(judges, "look", answer)
    monkeypatch.setattr(judges, "Warm", lambda *given: Answering)
    return seconds


UP = Look(None, ())
FAILED = ("[ 12/131] ✘ failed       sign_in.feature: A code opens the door once",)
LOST = ("[ 13/131] ? cantTell     sign_in.feature: A code opens the door",)


def test_time_that_was_up_once_kills_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = looks(monkeypatch, UP, Look(0, ()), UP, UP)
    assert judges.Tests(10).find(tmp_path, {}) == Finding(Outcome.SURVIVED)
    assert seconds == [10, 30]
    assert judges.Tests(10).find(tmp_path, {}) == Finding(Outcome.HUNG)


def test_a_run_of_pytest_that_never_began_kills_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks(monkeypatch, Look(3, ("INTERNALERROR",)))
    with pytest.raises(scratch.CannotJudge, match="INTERNALERROR"):
        judges.Tests(10).find(tmp_path, {})


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([Look(0, ())], Outcome.SURVIVED),
        ([Look(130, FAILED), Look(1, FAILED)], Outcome.KILLED),
        ([Look(130, FAILED), Look(3, ()), Look(0, ())], Outcome.SURVIVED),
        ([Look(130, FAILED), Look(3, ()), Look(1, FAILED)], Outcome.KILLED),
        ([UP, Look(0, ())], Outcome.SURVIVED),
        ([UP, UP], Outcome.HUNG),
        ([Look(3, LOST), Look(3, LOST)], Outcome.INCONCLUSIVE),
        ([Look(3, LOST), Look(0, ())], Outcome.SURVIVED),
    ],
)
def test_what_failed_beside_others_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[Look], outcome: Outcome
) -> None:
    looks(monkeypatch, *answers)
    assert judges.Features(10).find(tmp_path, {}).outcome is outcome


@pytest.fixture
def talker() -> list[str]:
    """A command that says two things, and a third one when it is interrupted."""
    script = (
        "import signal\n"
        "print('one', flush=True)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try:\n    print('two', flush=True)\n    signal.pause()\n"
        "except KeyboardInterrupt:\n    print('report', flush=True)\n    raise SystemExit(7)\n"
    )
    return [sys.executable, "-c", script]


def test_a_command_that_said_enough_may_write_its_report(talker: list[str], tmp_path: Path) -> None:
    seen = look(talker, tmp_path, scratch.inherited(), seconds=600, enough=lambda said: said[-1] == "two")
    assert seen == Look(7, ("one", "two", "report"))


def test_a_run_of_tests_whose_time_is_up_is_ended_and_the_next_one_begins(project: Path) -> None:
    forever = "import signal\n\n\ndef test_it() -> None:\n    signal.pause()\n"
    (project / "checks/test_forever.py").write_text(forever, "utf-8")
    warm = Warm(project, scratch.environment(scratch.inherited(), project), ["rules.door"])
    try:
        assert warm.look(["-n0", "checks/test_forever.py"], seconds=0.0).status is None
        assert warm.look(["-n0", "-p", "no:cacheprovider", "checks/test_door.py"], seconds=600).status == 0
    finally:
        warm.close()


def test_a_command_whose_time_is_up_is_ended(talker: list[str], tmp_path: Path) -> None:
    assert look(talker, tmp_path, scratch.inherited(), seconds=0).status is None


# ----------------------------------------------------------------------------------------------- kept survivors


def test_every_kept_survivor_is_a_mutant_of_today() -> None:
    today = {mutant.name for module in RULES for mutant in mutants(ROOT, module)}
    assert [str(name) for name in kept.read() if name not in today] == []


def test_what_differs_from_the_kept_survivors_is_told() -> None:
    old, new, gone, other = (Name(DOOR, "f", line, "") for line in ("old", "new", "gone", "other"))
    elsewhere = Name("rules/window.py", "f", "line", "")
    found = {old: Finding(Outcome.KILLED), new: Finding(Outcome.SURVIVED), other: Finding(Outcome.SURVIVED)}
    difference = kept.compare([old, gone, other, elsewhere], telling.survivors(found), found, [DOOR])
    assert difference == kept.Difference((new,), (old,), (gone,))
    assert [line for line in telling.differences(difference).splitlines() if line.startswith("line")] == [
        "line = '''new'''",
        "line = '''old'''",
        "line = '''gone'''",
    ]
    assert not kept.compare([other, elsewhere], [other], [other], [DOOR])


def test_a_survivor_without_a_reason_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "kept.toml").write_text(
        '[[survivor]]\nmodule = "m"\nwithin = "f"\nline = "a"\nbecomes = "b"\n', "utf-8"
    )
    with pytest.raises(ValueError, match="no reason is given for m: f: a  ->  b"):
        kept.read(tmp_path / "kept.toml")


def test_the_table_counts_by_module() -> None:
    names = [Name(f"rules/{module}.py", "f", str(number), "") for module in ("door", "window") for number in (1, 2)]
    outcomes = [Outcome.KILLED, Outcome.SURVIVED, Outcome.HUNG, Outcome.KILLED]
    rows = telling.table({name: Finding(outcome) for name, outcome in zip(names, outcomes, strict=True)}).splitlines()
    assert rows[2:] == [
        "| door | 2 | 1 | 1 | 0 | 0 | 50.0% |",
        "| window | 2 | 1 | 0 | 1 | 0 | 100.0% |",
        "| all | 4 | 2 | 1 | 1 | 0 | 75.0% |",
    ]
