"""junit.xml: the result for CI servers, with the distinctions that behave's own file loses.

A failure is the portal's answer, an error is ours or the world's (`cantTell`), and what was skipped says why.
Faults that belong to no scenario are errors of a suite called `run`, so that no CI shows green over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from portal2fa.baseline import Standing
from portal2fa.outcomes import Outcome, Result, ScenarioResult, is_accepted, verdict
from portal2fa.reports.accepted import acceptance_of, broken, broken_line, shown_scenario, why
from portal2fa.reports.coverage import counts
from portal2fa.reports.summary import duration, plain, reason_of

_SKIPPED = (Outcome.UNTESTED, Outcome.INAPPLICABLE, Standing.ACCEPTED)


def to_junit(result: Result) -> str:
    """`result` as JUnit XML: one suite a feature file; `classname#name` is the scenario's id."""
    root = ET.Element("testsuites", {"name": plain(f"portal2fa {result.target.name}"), **_totals(result)})
    for path in dict.fromkeys(s.feature for s in result.scenarios):
        root.append(_suite(result, path, [s for s in result.scenarios if s.feature == path]))
    faults = list(_faults(result))
    if faults:
        suite = ET.SubElement(root, "testsuite", name="run", tests=str(len(faults)), errors=str(len(faults)))
        suite.set("failures", "0")
        suite.set("skipped", "0")
        suite.set("time", "0.000")
        suite.extend(faults)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _totals(result: Result) -> dict[str, str]:
    faults = len(list(_faults(result)))
    numbers = _numbers(result, list(result.scenarios))
    numbers["tests"] = str(int(numbers["tests"]) + faults)
    numbers["errors"] = str(int(numbers["errors"]) + faults)
    return {**numbers, "time": f"{duration(result):.3f}", "timestamp": result.started[:19]}


def _numbers(result: Result, scenarios: list[ScenarioResult]) -> dict[str, str]:
    outcomes = [shown_scenario(result, s) for s in scenarios]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(Outcome.FAILED)),
        "errors": str(outcomes.count(Outcome.CANT_TELL)),
        "skipped": str(sum(outcome in _SKIPPED for outcome in outcomes)),
    }


def _suite(result: Result, path: str, scenarios: list[ScenarioResult]) -> ET.Element:
    names = {feature.path: feature.name for feature in result.features}
    suite = ET.Element("testsuite", {"name": plain(names.get(path) or path), **_numbers(result, scenarios)})
    suite.set("time", f"{sum(s.seconds for s in scenarios):.3f}")
    suite.set("timestamp", result.started[:19])
    properties = ET.SubElement(suite, "properties")
    for name, value in _facts(result, path):
        ET.SubElement(properties, "property", name=name, value=plain(value))
    suite.extend([_case(result, scenario) for scenario in scenarios])
    return suite


def _facts(result: Result, path: str) -> Iterator[tuple[str, str]]:
    yield "feature", path
    yield "target", result.target.url
    yield "profile_digest", result.target.profile_digest
    if (number := counts(result)) is not None:
        yield "profile_entries", str(number.total)
        yield "profile_entries_exercised", str(number.exercised)
        yield "profile_entries_never_exercised", str(number.never)
        yield "profile_entries_found_by_css_only", str(number.css_only)
    yield "suite_digest", result.suite_digest
    yield "tool_version", result.tool_version
    yield "browser", result.browser
    yield "verdict", verdict(result).value


def _case(result: Result, scenario: ScenarioResult) -> ET.Element:
    path, _, slug = scenario.id.rpartition("#")
    case = ET.Element("testcase", classname=plain(path or scenario.feature), name=plain(slug))
    case.set("time", f"{scenario.seconds:.3f}")
    properties = ET.SubElement(case, "properties")
    ET.SubElement(properties, "property", name="scenario", value=plain(scenario.name))
    for clause in scenario.clauses:
        ET.SubElement(properties, "property", name="clause", value=plain(clause))
    reason = plain(reason_of(scenario))
    if is_accepted(result, scenario):
        words = "; ".join(why(entry) for entry in acceptance_of(result, scenario))
        ET.SubElement(case, "skipped", type="accepted", message=plain(f"{words}. {reason}"))
    elif scenario.outcome is Outcome.FAILED:
        ET.SubElement(case, "failure", type="AssertionError", message=reason).text = _account(scenario)
    elif scenario.outcome is Outcome.CANT_TELL:
        ET.SubElement(case, "error", type="cantTell", message=reason).text = _account(scenario)
    elif scenario.outcome in _SKIPPED:
        ET.SubElement(case, "skipped", type=scenario.outcome.value, message=reason)
    return case


def _account(scenario: ScenarioResult) -> str:
    """What a reader of the CI log needs: the rule, the steps with their ends, expected, seen, and the files."""
    lines = [f"Rule: {scenario.rule}"] if scenario.rule else []
    lines += [f"{step.status:>7}  {step.keyword} {step.text}" for step in scenario.steps]
    lines += [step.message for step in scenario.steps if step.message]
    lines += [f"expected: {scenario.expected}"] if scenario.expected else []
    lines += [f"seen:     {scenario.seen}"] if scenario.seen else []
    lines += [f"evidence: {item.path}" for item in scenario.evidence if item.path]
    return plain("\n".join(lines))


def _faults(result: Result) -> Iterator[ET.Element]:
    told = [(f"account not restored: {account}", "notRestored") for account in result.not_restored]
    told += [(problem, "problem") for problem in result.problems]
    told += [(f"baseline: {broken_line(entry)}", "baseline") for entry in broken(result)]
    told += [("the run was interrupted", "interrupted")] if result.interrupted else []
    for message, kind in told:
        case = ET.Element("testcase", classname="run", name=plain(message), time="0.000")
        ET.SubElement(case, "error", type=kind, message=plain(message))
        yield case
