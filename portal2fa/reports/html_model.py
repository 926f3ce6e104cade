"""The page as a tree: chapters hold features, features hold rules, rules hold scenarios; every node has an anchor.

Nothing that was found may fall off the tree: a scenario whose feature or rule is not in the prose gets a node of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal2fa.norms import NormResult, norm_results
from portal2fa.outcomes import ClauseResult, FeatureProse, Result, RuleProse, ScenarioResult, clause_results
from portal2fa.reports.accepted import Shown, shown_scenario
from portal2fa.reports.summary import WORST_FIRST, chapter_titles, present

TOP_CHAPTER = "The whole journey"
"""Title for feature files that lie in no folder."""


@dataclass(frozen=True, slots=True)
class Section:
    """A Rule with its scenarios; the nameless one holds scenarios outside of rules."""

    name: str
    description: str
    scenarios: tuple[ScenarioResult, ...]


@dataclass(frozen=True, slots=True)
class FeaturePage:
    """A feature file with its sections."""

    path: str
    name: str
    description: str
    sections: tuple[Section, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A folder with its features and the numbers of its scenarios."""

    title: str
    anchor: str
    features: tuple[FeaturePage, ...]
    shown: tuple[Shown, ...]

    @property
    def counts(self) -> list[tuple[Shown, int]]:
        """Outcomes of the chapter's scenarios that occur, worst first."""
        return present(self.shown)


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """The clauses of one chapter of the register."""

    title: str
    rows: tuple[ClauseResult, ...]


@dataclass(frozen=True, slots=True)
class NormGroup:
    """The sections of one norm."""

    document: str
    rows: tuple[NormResult, ...]


class Anchors:
    """Fragment names for things with ids: readable, safe in a URL, and never the same for two things."""

    def __init__(self, prefix: str, ids: Iterable[str]) -> None:
        """Give every distinct id in `ids` a name that starts with `prefix`."""
        self._names: dict[str, str] = {}
        taken: set[str] = set()
        for identity in dict.fromkeys(ids):
            base = f"{prefix}-{re.sub(r'[^a-z0-9]+', '-', identity.lower()).strip('-') or 'x'}"
            name, number = base, 2
            while name in taken:
                name, number = f"{base}--{number}", number + 1
            taken.add(name)
            self._names[identity] = name

    def __getitem__(self, identity: str) -> str:
        """The name of a known id."""
        return self._names[identity]

    def __contains__(self, identity: object) -> bool:
        """True when the id is known, so a link to it leads somewhere."""
        return identity in self._names


def scenario_anchors(result: Result) -> Anchors:
    """Anchors for all scenarios."""
    return Anchors("s", (s.id for s in result.scenarios))


def clause_anchors(result: Result) -> Anchors:
    """Anchors for all clauses of the register."""
    return Anchors("clause", (clause.id for clause in result.clauses))


def clause_groups(result: Result) -> tuple[ClauseGroup, ...]:
    """The register by chapter, in register order."""
    titles = chapter_titles(result)
    groups: dict[str, list[ClauseResult]] = {}
    for row in clause_results(result):
        groups.setdefault(titles.get(row.clause.chapter, row.clause.chapter) or "Clauses", []).append(row)
    return tuple(ClauseGroup(title, tuple(rows)) for title, rows in groups.items())


def norm_anchors(result: Result) -> Anchors:
    """Anchors for all sections of norms."""
    return Anchors("norm", (section.id for section in result.norms))


def norm_groups(result: Result) -> tuple[NormGroup, ...]:
    """The sections of norms by document, in the order of the register."""
    groups: dict[str, list[NormResult]] = {}
    for row in norm_results(result):
        groups.setdefault(row.section.document, []).append(row)
    return tuple(NormGroup(document, tuple(rows)) for document, rows in groups.items())


def failures_first(result: Result) -> tuple[ScenarioResult, ...]:
    """Scenarios that failed, then those that could not be carried to their end, each in suite order.

    What is accepted has a section of its own.
    """
    news = [s for s in result.scenarios if shown_scenario(result, s) in WORST_FIRST[:2]]
    return tuple(sorted(news, key=lambda s: -s.outcome.rank))


def chapters(result: Result) -> tuple[Chapter, ...]:
    """The tree of the page; features without any scenario are kept as prose."""
    features = [*result.features, *_unknown_features(result)]
    names = Anchors("f", (feature.path for feature in features))
    pages: dict[str, list[FeaturePage]] = {}
    for feature in features:
        own = [s for s in result.scenarios if s.feature == feature.path]
        sections = _sections(feature.rules, own)
        page = FeaturePage(feature.path, feature.name, feature.description, sections, names[feature.path])
        pages.setdefault(feature.chapter or TOP_CHAPTER, []).append(page)
    anchors = Anchors("chapter", pages)
    return tuple(Chapter(title, anchors[title], tuple(found), _shown(result, found)) for title, found in pages.items())


def _shown(result: Result, pages: Iterable[FeaturePage]) -> tuple[Shown, ...]:
    scenarios = (s for page in pages for section in page.sections for s in section.scenarios)
    return tuple(shown_scenario(result, s) for s in scenarios)


def _unknown_features(result: Result) -> list[FeatureProse]:
    known = {feature.path for feature in result.features}
    missing = dict.fromkeys(s.feature for s in result.scenarios if s.feature not in known)
    return [FeatureProse(path, "Not in the prose", path, "", ()) for path in missing]


def _sections(rules: Sequence[RuleProse], scenarios: list[ScenarioResult]) -> tuple[Section, ...]:
    known = {rule.name: rule.description for rule in rules}
    loose = [s.rule for s in scenarios if s.rule not in known]
    names = [*dict.fromkeys(loose), *known]
    found = [Section(n, known.get(n, ""), tuple(s for s in scenarios if s.rule == n)) for n in names]
    return tuple(section for section in found if section.name or section.scenarios)
