"""The whole command: runs on the reference portal, on an address, on portals that are wrong, and interrupted ones.

Each run is a process of its own, marked in its environment, with a folder for temporary files of its own: so it
can be seen that nothing is left running or lying about.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from jsonschema import Draft202012Validator

from portal2fa.clauses import read_scenarios
from portal2fa.reports.result_json import from_json, schema
from tests.reference_portal import server

ROOT = Path(__file__).parents[1]
PNG = b"\x89PNG\r\n\x1a\n"

# Notes every secret where it comes into being, whether or not anybody declares it one.
LISTENING = r"""
import re, sys
import fixtures.control, fixtures.mailbox.maildir, steps.tasks.people, steps.tasks.setting_up

heard = open(sys.argv.pop(1), "w", encoding="utf-8")
note = lambda *values: [print(value, file=heard, flush=True) for value in values if value]

post = fixtures.control.Control._post
def hear_control(self, path, body):
    answer = post(self, path, body)
    note(answer.get("password"), answer.get("secret"), answer.get("backup_code"), answer.get("value"))
    return answer
fixtures.control.Control._post = hear_control

parse_uri = steps.tasks.setting_up.parse_key_uri
def hear_uri(text):
    note(parse_uri(text).secret)
    return parse_uri(text)
steps.tasks.setting_up.parse_key_uri = hear_uri

parse_mail = fixtures.mailbox.maildir.parse
def hear_mail(key, raw):
    mail = parse_mail(key, raw)
    note(*re.findall(r"\b\d{6}\b", mail.all_text()))
    return mail
fixtures.mailbox.maildir.parse = hear_mail

keep = steps.tasks.people.keep_backup_codes
def hear_codes(actor, codes):
    note(*codes)
    keep(actor, codes)
steps.tasks.people.keep_backup_codes = hear_codes

sys.argv[0] = "portal2fa"
from portal2fa.cli import main
main()
"""

# The reference portal with one thing broken.
SABOTAGED = """
import dataclasses, sys
from reference_server import __main__, email_codes, mail, policy

if sys.argv[1].startswith("life-"):
    names = [field.name for field in dataclasses.fields(policy.Policy)]
    defaults = list(policy.Policy.__init__.__defaults__)
    defaults[names.index("email_code_life") - len(names)] = float(sys.argv[1].removeprefix("life-"))
    policy.Policy.__init__.__defaults__ = tuple(defaults)
if sys.argv[1] == "any-code":
    async def use(*_, **__):
        return True
    email_codes.use = use
if sys.argv[1] == "two-mails":
    send = mail.SmtpMailer.send
    async def twice(self, message):
        await send(self, message)
        await send(self, message)
    mail.SmtpMailer.send = twice
sys.exit(__main__.main(sys.argv[2:]))
"""


@dataclass
class Run:
    """A run that was started, its folders, and what it said."""

    process: subprocess.Popen[str]
    folder: Path
    mark: str
    out: str = ""
    err: str = ""

    @property
    def report(self) -> Path:
        """The report's folder."""
        return self.folder / "report"

    @property
    def document(self) -> dict[str, Any]:
        """The content of result.json."""
        document: dict[str, Any] = json.loads((self.report / "result.json").read_text(encoding="utf-8"))
        return document

    def outcomes(self) -> set[str]:
        """The outcomes of all scenarios of the run."""
        return {scenario["outcome"] for scenario in self.document["result"]["scenarios"]}

    def finish(self) -> Run:
        """Wait for the end, and keep what was said."""
        out, err = self.process.communicate()
        self.out, self.err = self.out + out, self.err + err
        return self

    def left_running(self) -> list[str]:
        """The processes that carry the mark of this run; where there is no /proc, none can be seen."""
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if self.mark.encode() in environ.read_bytes():
                    found.append((environ.parent / "cmdline").read_text().replace("\0", " "))
            except OSError:  # it has ended meanwhile, or is somebody else's
                continue
        return found


def begin(folder: Path, *arguments: str, program: tuple[str, ...] = ("-m", "portal2fa"), **environment: str) -> Run:
    """Start `portal2fa run` in `folder`."""
    mark = uuid.uuid4().hex
    (folder / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, *program, "run", *arguments, "--out", str(folder / "report")],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder / "tmp"),
            "PORTAL2FA_TEST_MARK": mark,
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return Run(process, folder, mark)


# --- on an address; begun first, because it waits for the next code of a real clock


@dataclass
class Served:
    """A reference portal that somebody else started, and Ana's account on it."""

    url: str
    control: dict[str, str]
    account: dict[str, str]


@pytest.fixture(scope="module", autouse=True)
def by_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Served]]:
    """A run on the address of a portal that was started by hand."""
    with server("--demo-accounts", "--test-control") as (_, ready):
        account = ready["accounts"][0]
        run = begin(
            tmp_path_factory.mktemp("by-address"),
            *("--target", ready["url"], "--clause", "TOTP-5", "--clause", "EMAIL-6", "--evidence", "none"),
            PORTAL2FA_USERNAME=account["username"],
            PORTAL2FA_PASSWORD=account["password"],
            PORTAL2FA_NAME=account["name"],
        )
        yield run, Served(ready["url"], ready["control"], account)
        run.process.kill()
        run.finish()


# --- on the reference portal


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The journeys on the reference portal, with every secret written down as it comes into being."""
    folder = tmp_path_factory.mktemp("journey")
    program = ("-c", LISTENING, str(folder / "heard"))
    # secrets are heard in the process that is begun, so in no worker
    size = ("--workers", "1", "--lanes", "auto")
    kept = ("--evidence", "all", "--trace", "all")
    return begin(folder, "--tags", "@journey", *kept, *size, program=program).finish()


def test_every_scenario_passes_and_the_rest_keeps_the_verdict_open(journey: Run) -> None:
    assert journey.outcomes() == {"passed"}, journey.err
    assert journey.process.returncode == 3, "a part of the specification proves no conformance"
    assert journey.out.startswith("PARTIAL RUN, NO VERDICT: ")
    assert "Traceback" not in journey.out + journey.err


def test_progress_goes_to_standard_error_a_line_a_scenario(journey: Run) -> None:
    assert len(re.findall(r"^\[ +\d+/2\] ✔ passed +journey\.feature: ", journey.err, re.MULTILINE)) == 2
    assert "[" not in journey.out.partition("\n")[0]


def test_the_result_matches_its_schema_and_reads_back(journey: Run) -> None:
    Draft202012Validator(schema()).validate(journey.document)
    result = from_json((journey.report / "result.json").read_text(encoding="utf-8"))
    assert result.target.name == "reference"
    assert result.selection == f"tags @journey (2 of {len(read_scenarios(ROOT / 'features'))} scenarios)"
    assert result.browser.startswith("Chromium")
    assert not result.interrupted
    assert result.problems == ()


def test_the_junit_file_has_a_case_for_every_scenario(journey: Run) -> None:
    cases = ElementTree.parse(journey.report / "junit.xml").getroot().findall(".//testcase")
    assert len(cases) == 2
    assert not [case for case in cases if case.find("failure") is not None or case.find("error") is not None]


def test_the_page_names_the_verdict_and_shows_pictures_that_exist(journey: Run) -> None:
    page = (journey.report / "index.html").read_text(encoding="utf-8")
    named = {
        item["path"] for row in journey.document["result"]["scenarios"] for item in row["evidence"] if item["path"]
    }
    kept = {str(path.relative_to(journey.report)) for path in (journey.report / "evidence").iterdir()}
    pictures = {path for path in kept if path.endswith(".png")}
    assert "inconclusive" in page.casefold()
    assert named == kept
    assert len(pictures) > 10
    assert all((journey.report / path).read_bytes().startswith(PNG) for path in pictures)
    assert all(path in page for path in kept)


def without_numbers(content: bytes) -> str:
    """A file of a trace; times in it are numbers like codes."""
    lines = content.decode("utf-8").splitlines()
    if not lines[0].startswith("{"):
        return "\n".join(lines)
    return "\n".join(json.dumps(json.loads(line, parse_int=len, parse_float=len)) for line in lines)


def test_no_secret_is_written_anywhere(journey: Run) -> None:
    secrets = set((journey.folder / "heard").read_text(encoding="utf-8").split("\n")) - {""}
    kinds = {len(secret) for secret in secrets}
    assert len(secrets) >= 6, "two passwords, a scanned secret, a mailed code and two backup codes at least"
    assert {6, 19, 32} <= kinds, "a mailed code, a backup code and a shared secret were heard"
    written = {"standard output": journey.out, "standard error": journey.err}
    for path in journey.report.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as trace:
                written |= {f"{path.name}: {name}": without_numbers(trace.read(name)) for name in trace.namelist()}
        elif path.is_file() and path.suffix != ".png":
            written[path.name] = path.read_text(encoding="utf-8")
    assert {"index.html", "junit.xml", "result.json"} <= set(written)
    assert len([place for place in written if place.endswith(": trace.trace")]) >= 2, "a trace of each journey at least"
    for place, text in written.items():
        for secret in secrets:
            assert not re.search(rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])", text), f"{secret} in {place}"


def test_nothing_is_left_running_or_lying_about(journey: Run) -> None:
    assert journey.left_running() == []
    assert [path.name for path in (journey.folder / "tmp").iterdir()] == []
    assert {path.name for path in journey.report.iterdir()} == {"index.html", "junit.xml", "result.json", "evidence"}
    assert {path.name for path in journey.folder.iterdir()} == {"report", "tmp", "heard"}


# --- on portals that are wrong


def on_own_portal(folder: Path, command: list[str], *arguments: str, more: str = "") -> Run:
    """A run on the reference portal started by another command, to its end."""
    (folder / "own.toml").write_text(
        f'extends = "reference"\nname = "own"\ntitle = "Own"\n[start]\ncommand = {json.dumps(command)}\n{more}'
    )
    return begin(folder, "--target", "own.toml", "--evidence", "none", *arguments).finish()


OPTIONS = ["--smtp", "{smtp}", "--test-control", "--cheap-passwords"]


@pytest.mark.parametrize(
    ("wrong", "clause", "seen"),
    [
        ("any-code", "EMAIL-7", "the code to be refused"),
        ("two-mails", "EMAIL-1", "1 mail with a code"),
    ],
)
def test_a_portal_that_is_wrong_is_found_out(tmp_path: Path, wrong: str, clause: str, seen: str) -> None:
    command = ["{python}", "-c", SABOTAGED, wrong, *OPTIONS]
    run = on_own_portal(tmp_path, command, "--clause", clause)
    assert run.process.returncode == 1, run.out + run.err
    assert run.out.startswith("NOT CONFORMANT")
    assert f"{clause} (" in run.out
    assert f"expected {seen}" in run.err


_BOUNDS = re.compile(r"a (fresh code|code of (?P<low>[\w ]+?)) was accepted, one of (?P<high>[\w ]+?) refused")


def seconds_of(span: str) -> int:
    """The seconds of `9 min 59 s`."""
    return sum(int(number) * {"min": 60, "s": 1}[unit] for number, unit in re.findall(r"(\d+) (min|s)", span))


@pytest.mark.parametrize(
    ("life", "clause", "low", "high"),
    [
        # the ages tried on both sides of the life; a busy machine takes some seconds to give a code, which are its age
        (300, "EMAIL-5b", 299, 301),
        (45, "EMAIL-5b", 0, 119),
        (700, "EMAIL-5c", 601, 901),
    ],
)
def test_a_lifetime_that_is_not_kept_is_measured(tmp_path: Path, life: int, clause: str, low: int, high: int) -> None:
    command = ["{python}", "-c", SABOTAGED, f"life-{life}", *OPTIONS]
    run = on_own_portal(tmp_path, command, "--clause", clause)
    assert run.process.returncode == 1, run.out + run.err
    failed = [row for row in run.document["result"]["scenarios"] if row["outcome"] == "failed"]
    assert failed
    for row in failed:
        bounds = _BOUNDS.search(row["seen"])
        assert bounds, row["seen"]
        lasted, ended = seconds_of(bounds["low"] or "0 s"), seconds_of(bounds["high"])
        assert low <= lasted < life < ended
        assert ended - high < 10, row["seen"]


def test_a_mail_server_that_refuses_is_no_verdict_on_the_portal(tmp_path: Path) -> None:
    command = ["{python}", "-m", "reference_server", "--test-control", "--cheap-passwords", "--smtp", "127.0.0.1:1"]
    run = on_own_portal(tmp_path, command, "--clause", "EMAIL-6", more="[timing]\nanswer = 2\n")
    assert run.process.returncode == 3
    assert run.outcomes() == {"cantTell"}
    assert "Traceback" not in run.out + run.err


def test_an_interrupted_run_reports_what_it_found_and_leaves_nothing(tmp_path: Path) -> None:
    run = begin(tmp_path, "--clause", "TOTP-4", "--evidence", "none")
    assert run.process.stderr is not None
    run.err += run.process.stderr.readline()
    assert "[  1/7]" in run.err
    os.killpg(run.process.pid, signal.SIGINT)
    run.finish()
    assert run.process.returncode == 130, run.out + run.err
    assert "Traceback" not in run.out + run.err
    assert run.document["result"]["interrupted"]
    assert "untested" in run.outcomes()
    assert run.left_running() == []
    assert list((tmp_path / "tmp").iterdir()) == []


# --- the run on an address has ended by now


def test_an_address_is_judged_with_the_account_of_the_environment(by_address: tuple[Run, Served]) -> None:
    run, served = by_address
    run.finish()
    assert run.process.returncode == 3, run.err
    found = {row["feature"]: (row["outcome"], row["reason"]) for row in run.document["result"]["scenarios"]}
    assert found["time_based_tokens/confirming.feature"] == ("passed", "")  # "off" was seen when the account arrived
    assert found["email_codes/confirming.feature"] == (
        "untested",
        "the profile 'documented' gives the tester no mailbox",
    )
    assert run.document["result"]["target"]["url"] == served.url
    assert run.document["result"]["not_restored"] == []


def test_the_account_is_left_as_it_was_found(by_address: tuple[Run, Served]) -> None:
    _, served = by_address
    headers = {"X-Test-Token": served.control["token"]}
    body = {"username": served.account["username"]}
    cookie = httpx.post(f"{served.control['url']}/session", headers=headers, json=body).raise_for_status().json()
    cookies = {cookie["name"]: cookie["value"]}
    settings = httpx.get(f"{served.url}/client/security/two-factor", cookies=cookies)
    assert "Two-factor authentication is off" in settings.text


def test_a_pool_account_and_its_password_are_not_written(by_address: tuple[Run, Served]) -> None:
    run, served = by_address
    for path in run.report.rglob("*"):
        if path.is_file():
            assert served.account["password"] not in path.read_text(encoding="utf-8")
