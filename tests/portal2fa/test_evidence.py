"""What a scenario leaves for the report: secrets are masked, and an old report stays until there is a new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa import runner
from portal2fa.errors import UsageError
from portal2fa.evidence import OWN_BACKUP_CODES, Findings, Recorder
from portal2fa.outcomes import Deviation, Outcome, Result, TargetFacts
from portal2fa.report_folder import ReportFolder

TARGET = TargetFacts("t", "T", "http://127.0.0.1:1", "t.toml", "sha256:0", {}, {})
RESULT = Result(
    TARGET, "0", "sha256:0", "b", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00", "c", "", (), (), ()
)


@pytest.mark.parametrize(
    ("secrets", "text", "masked"),
    [
        (["hunter2-hunter2"], "it said hunter2-hunter2, twice: hunter2-hunter2", "it said ••••, twice: ••••"),
        (["ABCDEF", "ABCDEFGH"], "ABCDEFGH", "••••"),
        (["short"], "short words stay", "short words stay"),
        ([], "nothing", "nothing"),
        ([""], "nothing", "nothing"),
    ],
)
def test_declared_secrets_are_masked_longest_first(tmp_path: Path, secrets: list[str], text: str, masked: str) -> None:
    recorder = Recorder(tmp_path)
    for secret in secrets:
        recorder.secret(secret)
    assert recorder.masked(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Your code is 48151.", "Your code is ••••."),
        ("?code=48151&next=/", "?code=••••&next=/"),
        ("ticket 481516, room A48151", "ticket 481516, room A48151"),
        ("A1-B2 or 4815", "•••• or ••••"),
        ("123 tries", "123 tries"),
    ],
)
def test_a_short_code_is_masked_where_it_is_a_word_of_its_own(tmp_path: Path, text: str, masked: str) -> None:
    recorder = Recorder(tmp_path)
    for code in ("48151", "A1-B2", "4815", "123"):
        recorder.code(code)
    assert recorder.masked(text) == masked


def test_what_was_kept_before_a_secret_became_known_is_masked_too(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.begin()
    recorder.text("the portal's answer of QQQQ-WWWW", "your backup code is QQQQ-WWWW")
    recorder.secret("QQQQ-WWWW")
    recorder.deviation(Deviation("enable", "NAV-9", documented="Enable", seen="QQQQ-WWWW"))
    assert "QQQQ-WWWW" not in repr(recorder.collect())


def test_what_is_said_of_the_run_as_a_whole_is_masked_too(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.remark("put back with QQQQ-WWWW")
    recorder.block("qqqq.example:443")
    recorder.secret("QQQQ-WWWW")
    assert [note.partition(",")[0] for note in runner._notes(recorder)] == [
        "put back with ••••",
        "the pages asked for qqqq.example:443",
    ]


def test_the_way_to_see_it_by_hand_is_masked_as_all_else(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.begin()
    recorder.did("open /new-password/QQQQ-WWWW")
    recorder.secret("QQQQ-WWWW")
    assert recorder.collect().trail == ["  open /new-password/••••"]


def test_every_scenario_begins_with_an_empty_page_and_keeps_the_secrets(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.secret("the-secret")
    recorder.text("a", "b")
    recorder.leave_out(Outcome.UNTESTED, "why")
    recorder.begin()
    notes = recorder.collect()
    assert (notes.evidence, notes.deviations, notes.left_out) == ([], [], None)
    assert recorder.masked("the-secret") == "••••"


def test_pictures_are_numbered_through_the_run_and_lie_beside_the_report(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "report")
    for number in (1, 2):
        recorder.begin()
        recorder.picture("a", f"png {number}".encode())
        (kept,) = recorder.collect().evidence
        assert kept.path == f"evidence/000{number}.png"
        assert (tmp_path / "report" / kept.path).read_text() == f"png {number}"


def test_scenarios_side_by_side_keep_their_notes_apart_and_share_what_is_known_of_the_run(tmp_path: Path) -> None:
    run = Recorder(tmp_path)
    ana, ben = run.beside("expiry-31"), run.beside("expiry-40")
    for recorder in (ana, ben, ana):
        recorder.picture("a", b"png")
    ana.begin_step("When she asks")
    ben.begin_step("When he asks")
    ana.did("press a button")
    ben.secret("the-secret")
    ben.saw("controls.enable")
    assert [kept.path for kept in ana.collect().evidence] == [
        "evidence/expiry-31-0001.png",
        "evidence/expiry-31-0002.png",
    ]
    assert [kept.path for kept in ben.collect().evidence] == ["evidence/expiry-40-0001.png"]
    assert (ana.collect().trail, ben.collect().trail) == (["When she asks", "  press a button"], [])
    assert run.collect().evidence == []
    assert ana.masked("the-secret") == "••••"
    assert run.findings.seen == {"controls.enable"}


def test_the_same_deviation_is_kept_once(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    for _ in range(2):
        recorder.deviation(Deviation("enable", "NAV-9", documented="a", seen="b"))
    assert len(recorder.collect().deviations) == 1


# --- the folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def kept_report(out: Path, picture: bytes) -> None:
    with ReportFolder(out) as folder:
        folder.recorder.picture("a", picture)
        folder.keep(RESULT)


def test_a_report_and_its_pictures_come_into_the_folder_and_nothing_else(tmp_path: Path) -> None:
    kept_report(tmp_path / "deep" / "report", b"png")
    assert set(tree(tmp_path / "deep" / "report")) == {
        "index.html",
        "junit.xml",
        "result.json",
        "evidence/0001.png",
    }


def test_a_new_report_replaces_the_pictures_of_the_old_one_and_spares_what_is_not_ours(tmp_path: Path) -> None:
    kept_report(tmp_path, b"old")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "evidence" / "0099.png").write_bytes(b"old")
    kept_report(tmp_path, b"new")
    after = tree(tmp_path)
    assert after["evidence/0001.png"] == b"new"
    assert "evidence/0099.png" not in after
    assert after["notes.txt"] == b"mine"


@pytest.mark.parametrize("problem", [RuntimeError, KeyboardInterrupt, UsageError])
def test_a_run_that_fails_leaves_the_old_report_as_it_was(tmp_path: Path, problem: type[BaseException]) -> None:
    kept_report(tmp_path, b"old")
    before = tree(tmp_path)

    def fail() -> None:
        with ReportFolder(tmp_path) as folder:
            folder.recorder.picture("a", b"new")
            raise problem("the run broke off")

    with pytest.raises(problem):
        fail()
    assert tree(tmp_path) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_run_that_fails_leaves_no_folder_where_there_was_none(tmp_path: Path) -> None:
    def fail() -> None:
        with ReportFolder(tmp_path / "report"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_before_anything_begins(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am a file")
    with pytest.raises(UsageError, match="--out") as refused, ReportFolder(tmp_path / "file" / "report"):
        pytest.fail("nothing may begin")
    assert refused.value.cause
    assert (tmp_path / "file").read_text() == "I am a file"


def test_the_way_by_hand_stands_below_the_sentences_it_was_done_for(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.begin_step("Given Ana has an account")
    recorder.begin_step("When she gives the code")
    recorder.did("type the code")
    recorder.did("type the code")
    recorder.did('press the button "Verify"')
    recorder.begin_step("Then the portal refuses the code")
    assert recorder.collect().trail == ["When she gives the code", "  type the code", '  press the button "Verify"']


def test_backup_codes_are_no_text_of_the_page_once_others_were_read() -> None:
    found = Findings()
    for codes in (frozenset({"ABCD", "EFGH"}), frozenset({"ABCD", "EFGH"}), frozenset({"ABCD"})):
        found.hand_over(codes)
    assert OWN_BACKUP_CODES not in found.seen
    found.hand_over(frozenset({"JKLM"}))
    assert OWN_BACKUP_CODES in found.seen


def test_whether_a_then_looked_at_the_portal(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    assert not recorder.notes.looking.vacuous, "nothing is known where no step was told"
    recorder.begin_step("When she looks")
    recorder.looks()
    recorder.end_step()
    recorder.looks()
    assert recorder.collect().looking.vacuous
    recorder.begin_step("Then it is so", judges=True)
    recorder.recalls()
    assert not recorder.collect().looking.vacuous


def test_what_was_noted_before_anything_was_read_is_no_look(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.begin_step("Then it is so", judges=True)
    recorder.recalls()
    assert recorder.notes.looking.vacuous
    recorder.looks()
    assert not recorder.notes.looking.vacuous
