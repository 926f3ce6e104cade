"""What a run has to say: a table by module, and what differs from the survivors that are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from mutation.judges import Finding, Outcome
from mutation.kept import Difference
from mutation.mutants import Name


def table(found: Mapping[Name, Finding]) -> str:
    """How many mutants of each module came to what, as a Markdown table."""
    modules = list(dict.fromkeys(name.module for name in found))
    rows = [
        _row(Path(module).stem, {name: one for name, one in found.items() if name.module == module})
        for module in modules
    ]
    heads = ["module", "mutants", *(outcome.value for outcome in Outcome), "rate"]
    return "\n".join([_line(heads), _line(["---"] * len(heads)), *rows, _row("all", found)])


def _row(head: str, found: Mapping[Name, Finding]) -> str:
    counts = Counter(finding.outcome for finding in found.values())
    rate = f"{(len(found) - counts[Outcome.SURVIVED]) / len(found):.1%}" if found else "-"
    return _line([head, str(len(found)), *(str(counts[outcome]) for outcome in Outcome), rate])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def survivors(found: Mapping[Name, Finding]) -> list[Name]:
    """The mutants that nobody noticed."""
    return [name for name, finding in found.items() if finding.outcome is Outcome.SURVIVED]


def differences(difference: Difference) -> str:
    """What has to be done about the list of kept survivors."""
    parts = {
        "survived, and nobody has looked at it (write a test that notices, or the reason):": difference.unexplained,
        "kept as a survivor, but somebody notices it (take the entry out):": difference.killed,
        "kept, but there is no such mutant any more (take the entry out, or write it anew):": difference.gone,
    }
    return "\n".join("\n".join([head, *map(_entry, names)]) for head, names in parts.items() if names)


def _entry(name: Name) -> str:
    fields = {"module": name.module, "within": name.within, "line": name.line, "becomes": name.becomes}
    lines = [f"{key} = '''{value}'''" for key, value in fields.items()]
    return "\n".join(["[[survivor]]", *lines, *([f"nth = {name.nth}"] if name.nth > 1 else []), ""])
