"""What the command says, and with which status it ends, when something is not as it should be."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal2fa.cli import main
from portal2fa.cli.welcome import welcome

ROOT = Path(__file__).parents[2]
Said = tuple[int, str, str]
NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the command in an empty folder; status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("PORTAL2FA_USERNAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_NAME"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(str(ended.value.code)), said.out, said.err

    return command


def is_one_message(err: str) -> bool:
    """One message that says what, why or what to do, and no traceback."""
    return err.lstrip("\n").startswith("portal2fa: ") and err.count("portal2fa: ") == 1 and "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--target", "referense"], "did you mean 'reference'?"),
        (["run", "--target", "no/such.toml"], "There is no profile at no/such.toml"),
        (["run", "--target", "http://127.0.0.1:1"], "PORTAL2FA_USERNAME is not set"),
        (["run", "--tags", "@jurney"], "did you mean @journey?"),
        (["run", "--clause", "TOTP-99"], "There is no clause TOTP-99"),
        (["run", "--tags", "@journey and not @journey"], "No scenario is selected"),
        (["run", "--tags", "@journey and"], "is not a tag expression"),
        (["plan", "--target", "referense"], "did you mean 'reference'?"),
        (["plan", "--tags", "@jurney"], "did you mean @journey?"),
        (["plan", "--clause", "XXXX"], "There is no clause XXXX"),
    ],
)
def test_what_cannot_be_asked_for_ends_with_status_2_and_one_message(
    say: Callable[..., Said], tmp_path: Path, arguments: list[str], words: str
) -> None:
    status, out, err = say(*arguments)
    assert (status, out) == (2, "")
    assert is_one_message(err), err
    assert words in err
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rum"], "No such command 'rum'"),
        (["run", "--taget", "x"], "No such option"),
        (["run", "--evidence", "many"], "'many' is not one of"),
        (["serve", "--port", "many"], "not a valid integer"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["completion"], "Missing argument"),
    ],
)
def test_a_mistyped_command_line_ends_with_status_2_and_the_usage(
    say: Callable[..., Said], arguments: list[str], words: str
) -> None:
    status, _, err = say(*arguments)
    assert status == 2
    assert words in err
    assert "Usage: portal2fa" in err
    assert "Traceback" not in err


def test_a_malformed_profile_is_told_entry_by_entry(say: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'extends = "documented"\nurl = "http://127.0.0.1:1"\ncolour = "red"\n'
        '[accounts]\nkind = "pool"\npool = [{ username = "a", password = "b" }]\n[paths]\nenable = ["enabel"]\n'
    )
    status, _, err = say("run", "--target", "own.toml")
    assert status == 2
    assert is_one_message(err)
    assert "own.toml" in err
    assert "colour: " in err


def test_without_a_browser_the_run_ends_with_status_3(
    say: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL2FA_BROWSER", "/nope")
    status, out, err = say("run", "--target", "reference")
    assert (status, out) == (3, "")
    assert is_one_message(err)
    assert "/nope" in err
    assert list(tmp_path.iterdir()) == []


def test_a_browser_for_the_demo_that_is_not_there_is_told_before_anything_starts(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    status, out, err = say("demo", "--browser", "/nope")
    assert (status, out) == (3, "")
    assert is_one_message(err)
    assert "The browser /nope cannot be started." in err


def test_an_unwritable_folder_ends_with_status_2_before_anything_starts(
    say: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("I am a file")
    status, out, err = say("run", "--out", "file/report")
    assert (status, out) == (2, "")
    assert is_one_message(err)
    assert "--out" in err
    assert (tmp_path / "file").read_text() == "I am a file"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["run", "-h"], ["plan", "-h"], ["serve", "-h"]])
def test_help_lists_what_there_is(say: Callable[..., Said], arguments: list[str]) -> None:
    status, out, _ = say(*arguments)
    assert "Usage: portal2fa" in out
    assert status == 0


def test_who_asks_for_nothing_is_told_what_to_do_next(say: Callable[..., Said]) -> None:
    status, out, err = say()
    assert (status, err) == (0, "")
    assert len(out.splitlines()) < 24, "it fits on a small terminal"
    assert "Usage:" not in out


def typed(welcome: str) -> list[list[str]]:
    """The commands that the welcome shows, as a shell splits them."""
    return [shlex.split(line.split("    ")[0]) for line in welcome.splitlines() if line.startswith("  ")]


def test_the_welcome_leads_from_a_draft_over_the_doctor_to_a_run(say: Callable[..., Said], tmp_path: Path) -> None:
    new, doctor, run, demo = typed(say()[1])[:4]
    assert [line[1] for line in (new, doctor, run, demo)] == ["profile", "doctor", "run", "demo"]
    assert new[2] == "new"
    status, _, err = say(*new[1:])
    assert (status, "give --username or PORTAL2FA_USERNAME" in err) == (2, True)
    (tmp_path / "ours.toml").write_text(f'extends = "documented"\nname = "ours"\nurl = "{NOBODY}"\n')
    for line in (doctor, run):
        status, _, err = say(*line[1:])
        assert (status, "PORTAL2FA_USERNAME is not set" in err) == (2, True), line


def test_the_way_by_hand_of_the_welcome_leads_to_a_profile_that_wants_an_address_only(
    say: Callable[..., Said], tmp_path: Path
) -> None:
    copy, check = typed(say()[1])[-2:]
    subprocess.run(copy, cwd=tmp_path, check=True)
    status, out, _ = say(*check[1:])
    assert (status, out.splitlines()[0]) == (2, "ours.toml: 1 error, 3 notes")
    (tmp_path / "ours.toml").write_text(f'url = "{NOBODY}"\n' + (tmp_path / "ours.toml").read_text())
    assert say(*check[1:])[0] == 0


def test_the_welcome_names_paths_as_they_are_typed_here(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"cp {ROOT}/fixtures/profiles/documented.toml ours.toml" in say()[1]
    monkeypatch.chdir(ROOT)
    out = say()[1]
    assert "cp fixtures/profiles/documented.toml ours.toml" in out
    assert "Step by step: docs/your-portal.md" in out


def test_the_welcome_of_an_installed_command_names_no_page_that_is_not_there(tmp_path: Path) -> None:
    assert str(tmp_path / "docs") not in welcome(tmp_path, Path.cwd())


def test_the_version_is_told(say: Callable[..., Said]) -> None:
    status, out, _ = say("--version")
    assert status == 0
    assert re.search(r"portal2fa, version \d+\.\d+\.\d+", out)


# --- plan, clauses, completion


def test_the_plan_says_what_runs_and_why_the_rest_does_not(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("USERNAME", "PASSWORD", "NAME"):
        monkeypatch.setenv(f"PORTAL2FA_{name}", "something")
    status, out, _ = say("plan", "--target", "http://127.0.0.1:1")
    assert status == 0
    assert "gives the tester no mailbox" in out
    assert "  runs  " in out
    assert re.search(r"\d+ runs, \d+ untested|\d+ untested, \d+ runs", out)


def test_nearly_everything_is_planned_on_the_reference_portal(say: Callable[..., Said]) -> None:
    status, out, _ = say("plan")
    assert status == 0
    assert re.search(r"\(reference\): \d+ runs, 2 inapplicable$", out.strip())


def test_the_clauses_are_listed_without_a_result(say: Callable[..., Said], tmp_path: Path) -> None:
    status, out, _ = say("clauses", "--out", "report")
    assert status == 0
    assert "TOTP-1" in out
    assert "No run has left a result in report yet" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_clauses_keep_to_the_width_of_the_terminal(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    unbroken = say("clauses")[1]
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = say("clauses")[1].partition("\n\n")[0].splitlines()
    assert max(map(len, lines)) <= columns
    assert " ".join(" ".join(lines).split()) == " ".join(unbroken.partition("\n\n")[0].split())
    assert {line[:34].strip() for line in lines if not line[0].isalpha()} == {""}, "what is told stands in its column"


def test_a_result_that_is_none_is_told_and_not_believed(say: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text('{"schema_version": 1}')
    status, out, err = say("clauses", "--out", ".")
    assert status == 2
    assert out == ""
    assert is_one_message(err)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_completion_script(say: Callable[..., Said], shell: str) -> None:
    status, out, _ = say("completion", shell)
    assert status == 0
    assert "_PORTAL2FA_COMPLETE" in out


def test_a_fault_of_ours_ends_with_status_5_and_says_whose_it_is(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise ZeroDivisionError("by us")

    monkeypatch.setattr("portal2fa.profile_files.load_target", broken)
    status, _, err = say("plan")
    assert status == 5
    assert "ZeroDivisionError: by us" in err
    assert "a fault of portal2fa itself" in err


def test_an_interruption_ends_with_status_130(say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("portal2fa.profile_files.load_target", interrupted)
    status, _, err = say("plan")
    assert status == 130
    assert is_one_message(err)


# --- with processes


def as_process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as people start it, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "portal2fa", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is bound but not listened on, so that every connection is refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_portal_that_nobody_answers_for_ends_with_status_3_and_one_message(tmp_path: Path, closed_port: int) -> None:
    account = {"PORTAL2FA_USERNAME": "ana@a.example", "PORTAL2FA_PASSWORD": "password-of-ana", "PORTAL2FA_NAME": "Ana"}
    address = f"http://127.0.0.1:{closed_port}"
    done = as_process("run", "--target", address, cwd=tmp_path, **account)
    assert done.returncode == 3
    assert done.stdout == ""
    assert is_one_message(done.stderr), done.stderr
    assert address in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ('["{python}", "-c", "raise SystemExit(7)"]', "ended with status 7"),
        ('["./no-such-program"]', "cannot be run"),
    ],
)
def test_a_portal_that_does_not_start_ends_with_status_3_and_one_message(
    tmp_path: Path, command: str, words: str
) -> None:
    (tmp_path / "own.toml").write_text(f'extends = "reference"\nname = "own"\n[start]\ncommand = {command}\n')
    done = as_process("run", "--target", "own.toml", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert is_one_message(done.stderr), done.stderr
    assert words in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["own.toml"]


def test_a_browser_that_does_not_start_ends_with_status_3_and_one_message(tmp_path: Path) -> None:
    done = as_process("run", "--browser", "/bin/false", cwd=tmp_path)
    assert done.returncode == 3
    assert is_one_message(done.stderr), done.stderr
    assert "The browser did not start." in done.stderr


def test_serving_on_a_port_that_is_taken_ends_with_status_3(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = as_process("serve", "--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert done.returncode == 3
    assert is_one_message(done.stderr), done.stderr
    assert "cannot listen" in done.stderr
    assert "--port" in done.stderr


def test_serving_tells_where_and_how_to_sign_in_and_ends_when_asked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "portal2fa", "serve", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline()]
    while not told[-1].startswith(("Mails that", "portal2fa:")) and told[-1]:
        told.append(process.stdout.readline())
    [program] = [line for line in told if "pyotp" in line]
    code = subprocess.run(shlex.split(program), capture_output=True, text=True, check=True).stdout
    os.killpg(process.pid, signal.SIGINT)
    rest, err = process.communicate(timeout=30)
    assert re.search(r"The reference portal is at http://127\.0\.0\.1:\d+ ", told[0])
    assert sum("sign in as" in line for line in told) == 3
    factors = "".join(told).split("sign in as")[1:]
    assert "no second factor is on" in factors[0]
    assert "key" in factors[1]
    assert re.fullmatch(r"\d{6}\n", code)
    assert "code from the mail that appears below" in factors[2]
    assert [re.search(r"backup code is [A-Z0-9]{4}-", factor) is not None for factor in factors] == [False, True, True]
    assert "The reference portal has ended." in rest
    assert process.returncode == 0, err
    assert "Traceback" not in err


def test_the_command_starts_quickly_by_loading_little(tmp_path: Path) -> None:
    program = (
        "import json, sys; import portal2fa.cli as c\n"
        "try: c.main(['--help'])\nexcept SystemExit: pass\nprint(json.dumps(sorted(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    assert {"behave", "playwright", "pydantic", "rich", "jinja2"} & set(json.loads(said)) == set()
