"""What a running scenario leaves for the report: pictures, traces, readings, deviations, and why it was left out.

Hooks and tasks write here while the scenario runs; the runner collects it afterwards.  Secrets never get in:
`masked` replaces every value that was declared secret, in every text that is kept.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from portal2fa.latency import Latency
from portal2fa.outcomes import Deviation, Evidence, Outcome

_SHORTEST, _SHORTEST_CODE = 6, 4
"""Characters of the shortest secret that is masked wherever it stands, and of the shortest code that is as a word."""
_WORD = re.compile(r"\w+")
_GROUPED = 12
"""Secrets of so many characters are written in groups now and then, and masked however they are grouped."""


_ALIKE = str.maketrans("İı", "ii")
"""Letters that are an i where case does not count, although no change of case makes one of them."""


def _bare(text: str) -> str:
    """A text in which a secret stands as it is, however it was grouped and in whatever letters it was written.

    A run knows a thousand secrets in the end, and nearly no text holds any: this is how one is told quickly that does.
    """
    return re.sub(r"[\s-]", "", text).translate(_ALIKE).casefold()


_bare_secret = cache(_bare)


def _without(value: str, text: str) -> str:
    text = text.replace(value, "••••")
    if len(value) < _GROUPED:
        return text
    return re.sub(r"[\s-]?".join(map(re.escape, value.replace("-", ""))), "••••", text, flags=re.IGNORECASE)


OWN_BACKUP_CODES = "a backup code that backup_codes.pattern finds, other than one from before or taken by the portal"
"""How the run calls the proof that what is read as a backup code is no text of the page."""


@dataclass
class Looking:
    """Whether what a scenario says is said of the target at all: a Then that looks at nothing proves nothing."""

    told: bool = False
    """Whether steps were told here as they began; without that nothing is known of them."""
    judging: bool = False
    """Whether a Then is under way."""
    seen: bool = False
    """Whether anything that came from the target was read: a page, a mail, an answer."""
    judged: bool = False
    """Whether a Then read such a thing, or took up what an earlier step had read."""

    @property
    def vacuous(self) -> bool:
        """Whether steps were told, and no Then among them looked at anything that came from the target."""
        return self.told and not self.judged


@dataclass
class Notes:
    """The notes of one scenario."""

    evidence: list[Evidence] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    left_out: tuple[Outcome, str] | None = None
    trail: list[str] = field(default_factory=list)
    """What was done with the portal, in a person's words and in order, below the sentence that it was done for."""
    absent: set[str] = field(default_factory=set)
    """Entries of the profile whose absence counted for the scenario: worth something only if the run saw them."""
    sentence: str = ""
    """The step that is running, as long as nothing was done for it."""
    ran_out: bool = False
    """Whether something was waited for as long as it may take, and did not come, although it still could."""
    blocked: list[str] = field(default_factory=list)
    """Hosts beyond the target's own that the pages of the scenario asked for, in vain, once for each request."""
    looking: Looking = field(default_factory=Looking)
    """Whether its Then-steps looked at anything."""


@dataclass
class Findings:
    """What has to be known of a run as a whole, shared by all that record in it."""

    seen: set[str] = field(default_factory=set)
    """Entries of the profile that were in sight at least once: `controls.enable`, `notices.off`."""
    used: set[str] = field(default_factory=set)
    """Key paths of the profile's entries that were of use: found, done, opened or matched."""
    not_restored: list[str] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    """Hosts beyond the target's own that its pages asked for, in vain."""
    remarks: list[str] = field(default_factory=list)
    """What the report has to say of the run: how the clock was proven, what was put back at the start."""
    browser: str = ""
    url: str = ""
    secrets: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    """Codes that were mailed, shown by the app, or handed over, secret where they stand as words of their own."""
    latency: Latency = field(default_factory=Latency)
    """How long what came into sight was waited for."""
    handed_over: list[frozenset[str]] = field(default_factory=list)
    """The backup codes that were read at one time, for every time at which some were."""

    @property
    def short_codes(self) -> str:
        """A regular expression, of JavaScript as well, that finds the codes that are too short for a secret."""
        short = sorted((code for code in self.codes if len(code) < _SHORTEST), reverse=True)
        return rf"(?<!\w)(?:{'|'.join(map(re.escape, short))})(?!\w)" if short else r"(?!)"

    def hand_over(self, codes: frozenset[str]) -> None:
        """Backup codes were read; where others were read before, what is read is no text that is always the same."""
        if any(codes.isdisjoint(others) for others in self.handed_over):
            self.seen.add(OWN_BACKUP_CODES)
        if codes not in self.handed_over:
            self.handed_over.append(codes)

    def aside(self) -> Findings:
        """The same for a scenario that is run for its trace only: it decides nothing, and its secrets are secret."""
        return replace(
            self, seen={*self.seen}, used={*self.used}, blocked={*self.blocked}, handed_over=[*self.handed_over]
        )


def blocked_words(hosts: Iterable[str]) -> str:
    """What a tester has to know of hosts that were asked for in vain; empty without any."""
    names = sorted(set(hosts))
    if not names:
        return ""
    if len(names) == 1:
        return f"the pages asked for {names[0]}, which was blocked; add it to 'origins' if the portal needs it"
    return f"the pages asked for {', '.join(names)}, which were blocked; add to 'origins' what the portal needs"


class Recorder:
    """Collects the notes of one scenario after the other, and what has to be known of the run as a whole.

    Scenarios that run side by side have a recorder each, and share the findings.
    """

    def __init__(self, folder: Path, findings: Findings | None = None, label: str = "") -> None:
        """Keep files below `folder`, the report folder; it is made when the first file is.

        The names of its files begin with `label`, so that they are the same in whatever order scenarios run.
        """
        self.folder = folder
        self.notes = Notes()
        self.findings = findings or Findings()
        self._label = label
        self._files = 0
        self.on_sight: Callable[[str], None] | None = None
        """Called with every entry of the profile that is in sight, also when it was so before."""

    def beside(self, label: str) -> Recorder:
        """A recorder for one scenario of the same run; no other may have the same `label`."""
        return Recorder(self.folder, self.findings, f"{self._label}{label}-")

    def aside(self) -> Recorder:
        """A recorder for scenarios that are run once more for their traces, whose files lie beside the others."""
        return Recorder(self.folder, self.findings.aside(), f"{self._label}again-")

    def of_round(self, number: int) -> Recorder:
        """A recorder for a run of its own whose files lie beside those of other rounds."""
        return Recorder(self.folder, label=f"round{number}-")

    @property
    def label(self) -> str:
        """How the names of its files begin."""
        return self._label

    def begin(self) -> None:
        """A scenario begins."""
        self.notes = Notes()

    def collect(self) -> Notes:
        """The notes of the scenario that ended, with every declared secret masked."""
        return Notes(
            [replace(item, title=self.masked(item.title), text=self.masked(item.text)) for item in self.notes.evidence],
            [replace(item, seen=self.masked(item.seen), note=self.masked(item.note)) for item in self.notes.deviations],
            left_out=self.notes.left_out,
            trail=[self.masked(words) for words in self.notes.trail],
            absent=self.notes.absent,
            blocked=self.notes.blocked,
            looking=self.notes.looking,
        )

    def secret(self, value: str) -> None:
        """Declare a value that no report may show: a password, a shared secret, a backup code."""
        if len(value) >= _SHORTEST:
            self.findings.secrets.add(value)

    def code(self, value: str) -> None:
        """Declare a code that no report may show; one that is short may also be a part of something else."""
        if len(value) >= _SHORTEST_CODE:
            self.findings.codes.add(value)

    def masked(self, text: str) -> str:
        """`text` with all declared secrets replaced by `••••`, and codes where they are words of their own."""
        if not text:
            return text
        bare = _bare(text)
        for value in sorted((one for one in self.findings.secrets if _bare_secret(one) in bare), key=len, reverse=True):
            text = _without(value, text)
        text = re.sub(self.findings.short_codes, "••••", text)
        return _WORD.sub(lambda word: "••••" if word[0] in self.findings.codes else word[0], text)

    def saw(self, entry: str) -> None:
        """An entry of the profile points at something that the portal really has."""
        self.findings.seen.add(entry)
        if self.on_sight is not None:
            self.on_sight(entry)

    def used(self, entry: str) -> None:
        """An entry of the profile, `controls.enable` or `paths.sign_in[2]`, was found, done, opened or matched."""
        self.findings.used.add(entry)

    def counts_on_absence(self, entry: str) -> None:
        """The scenario takes it for good that an entry is out of sight; so it must have been in sight somewhere."""
        self.notes.absent.add(entry)

    def counts_no_more(self, entry: str) -> None:
        """What the scenario took for good has shown itself, though not as it was looked for."""
        self.notes.absent.discard(entry)

    @contextlib.contextmanager
    def by_the_way(self) -> Iterator[None]:
        """A block in which something is done that the scenario does not rest on, whatever comes of it."""
        absent, ran_out = set(self.notes.absent), self.notes.ran_out
        try:
            yield
        finally:
            self.notes.absent, self.notes.ran_out = absent, ran_out

    def waited_in_vain(self) -> None:
        """Something was waited for as long as the profile lets it take, and did not come, although it still could."""
        self.notes.ran_out = True

    def did(self, words: str) -> None:
        """Something was done with the portal, for people who want to see the same by hand."""
        if self.notes.sentence:
            self.notes.trail.append(self.notes.sentence)
            self.notes.sentence = ""
        if not self.notes.trail or self.notes.trail[-1] != f"  {words}":
            self.notes.trail.append(f"  {words}")

    def begin_putting_back(self, whose: str) -> None:
        """The scenario has ended; whatever is done from now on puts an account back, and belongs to no sentence."""
        self.notes.sentence = f"From here {whose}'s account is put back as it was; nothing below was judged"

    def begin_step(self, sentence: str, *, judges: bool = False) -> None:
        """A step begins; its sentence heads what is done for it, and a Then `judges`."""
        self.notes.sentence = sentence
        self.notes.looking.told, self.notes.looking.judging = True, judges

    def end_step(self) -> None:
        """A step has ended; what is looked at from now on, for a picture say, is no part of it."""
        self.notes.looking.judging = False

    def looks(self) -> None:
        """Something that came from the target is read: what a page shows, a mail, an answer to a request."""
        looking = self.notes.looking
        looking.seen = True
        looking.judged = looking.judged or looking.judging

    def recalls(self) -> None:
        """What an earlier step has read is taken up; it came from the target if anything was read so far."""
        looking = self.notes.looking
        looking.judged = looking.judged or (looking.judging and looking.seen)

    def remark(self, words: str) -> None:
        """Something to say of the run as a whole, once."""
        if words not in self.findings.remarks:
            self.findings.remarks.append(words)

    def block(self, host: str) -> None:
        """A host beyond the target's own was asked for, in vain; may be called from any thread."""
        self.findings.blocked.add(host)

    def asked_in_vain(self, host: str) -> None:
        """A page of the scenario asked for a host beyond the target's own."""
        self.block(host)
        self.notes.blocked.append(host)

    def leave_out(self, outcome: Outcome, reason: str) -> None:
        """The scenario does not run, and why."""
        self.notes.left_out = (outcome, reason)

    def text(self, title: str, text: str, *, kind: str = "text") -> None:
        """Keep a reading in words."""
        self.notes.evidence.append(Evidence(kind=kind, title=title, text=text))

    def picture(self, title: str, png: bytes) -> None:
        """Keep a picture beside the report."""
        self.notes.evidence.append(Evidence(kind="screenshot", title=title, path=self._file("png", png)))

    def trace(self, title: str, trace: bytes) -> None:
        """Keep a trace of a browser beside the report; what is secret in it was masked."""
        self.notes.evidence.append(Evidence(kind="trace", title=title, path=self._file("zip", trace)))

    def no_trace(self, title: str, why: str) -> None:
        """Say why there is no trace of a browser."""
        self.notes.evidence.append(Evidence(kind="trace", title=title, text=f"no trace could be kept: {why}"))

    def _file(self, ending: str, content: bytes) -> str:
        """Write a file of evidence; its path in the report's folder."""
        self._files += 1
        path = f"evidence/{self._label}{self._files:04d}.{ending}"
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return path

    def deviation(self, deviation: Deviation) -> None:
        """Keep a difference between the documented wording or way and the portal's."""
        if deviation not in self.notes.deviations:
            self.notes.deviations.append(deviation)
