"""A measurement tells how far it has come, can be interrupted, and loses nothing that was measured before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bench import __main__ as main
from bench import figures, page, steadiness
from bench.left import Left
from bench.listening import Listener
from bench.processes import CannotMeasure

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("step", "told"), [(25, ["1", "2", "3"]), (0, [])], ids=["slow", "quick"])
def test_what_a_command_says_is_kept_and_its_progress_told_now_and_then(step: int, told: list[str]) -> None:
    says = "import sys; print('here'); [print(f'[{n:>3}/3] one', file=sys.stderr) for n in (1, 2, 3)]; sys.exit('woe')"
    heard: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", says], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        listener = Listener(process, heard.append, now=count(step=step).__next__)
        listener.wait(1e6)
    assert (listener.said, process.returncode) == ("here\n", 1)
    assert listener.complained == "[  1/3] one\n[  2/3] one\n[  3/3] one\nwoe"
    assert [line.partition(" of 3")[0] for line in heard] == told


def test_what_is_left_goes_by_what_was_done() -> None:
    times = iter([0.0, 30.0, 240.0])
    left = Left(9, lambda: next(times))
    assert left.after(1) == "about 4 min left"
    assert left.after(7) == "about 30 s left"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")
def test_an_interrupt_ends_what_is_measured_with_all_that_it_started() -> None:
    """In a process of its own, because measuring waits for every child."""
    interrupts = "import os, signal; os.fork() and os.kill(os.getppid(), signal.SIGINT); signal.pause()"
    script = f"""
import os, sys
from pathlib import Path
from bench.processes import measure
try:
    measure([sys.executable, "-c", {interrupts!r}], folder=Path.cwd())
except KeyboardInterrupt:
    print("interrupted")
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "interrupted\nnone is left\n"


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts measurements in the place of those that take long."""
    monkeypatch.setattr(figures, "browser", lambda: "Chromium")

    def put_in(**measurements: Callable[[], Iterator[str]]) -> None:
        for name, measured in measurements.items():
            monkeypatch.setitem(main._MEASURE, name, partial(_instead, measured))

    return put_in


def _instead(measured: Callable[[], Iterator[str]], *_: object) -> Iterator[str]:
    return measured()


def cut_short(name: str, error: BaseException) -> Iterator[str]:
    """A section of which a part is known when it ends with an error."""
    yield f"{page.heading(name)}\na part\n"
    raise error


@pytest.mark.parametrize("error", [CannotMeasure("no browser"), ZeroDivisionError()])
def test_a_section_that_cannot_be_measured_takes_no_other_along(
    tmp_path: Path, measuring: Callable[..., None], error: Exception
) -> None:
    measuring(journey=lambda: cut_short("journey", error), run=lambda: iter([f"{page.heading('run')}\nall of it\n"]))
    out = tmp_path / "page.md"
    assert main.main(["journey", "run", "--out", str(out)]) == 2
    known = page.read(out.read_text("utf-8"))
    assert "a part" in known["journey"]
    assert "all of it" in known["run"]


def test_an_interrupt_keeps_what_is_known(tmp_path: Path, measuring: Callable[..., None]) -> None:
    measuring(peers=lambda: cut_short("peers", KeyboardInterrupt()), run=lambda: iter(["never"]))
    out = tmp_path / "page.md"
    assert main.main(["peers", "run", "--out", str(out)]) == 130
    assert [*page.read(out.read_text("utf-8"))] == ["peers"]


@pytest.mark.parametrize("name", page.SECTIONS)
def test_every_section_is_one_that_can_be_measured_by_itself(name: str) -> None:
    assert name in main._MEASURE
    assert main._parser().parse_args([name]).sections == [name]


def test_too_few_scenarios_to_see_memory_grow_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["steadiness", "--many-scenarios", "49"])
    assert "at least 50" in capsys.readouterr().err
    assert len(steadiness.Steadiness(4, [(10 * n, n) for n in range(1, 6)], (), 50, 50).fifths) == 5
