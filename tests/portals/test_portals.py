"""Published products, judged by their profiles alone: a run finds what a person finds, and nothing else.

Their wall clocks are shifted by the shim, which needs a C compiler.  Those that take long are left to
`make test-portals`.
"""

from __future__ import annotations

import pytest

from tests.judging import NOT_PASSED, Judged, judge, names

QUICK = ("django_two_factor", "flask_security")
"""The portals that belong to `make test`: they are installed in half a minute."""


def param(name: str) -> pytest.ParameterSet:
    """A portal, whose tests stay together where they are spread over processes."""
    long = () if name in QUICK else (pytest.mark.portals_long,)
    return pytest.param(name, marks=[pytest.mark.xdist_group(name), *long])


@pytest.fixture(scope="module", params=[param(name) for name in names()])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The result of one whole run on a product."""
    return judge(request.param, tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize("outcome", NOT_PASSED)
def test_exactly_the_known_scenarios_do_not_pass(judged: Judged, outcome: str) -> None:
    assert list(judged.surprises(outcome)) == []


def test_every_difference_in_wording_is_reported(judged: Judged) -> None:
    assert judged.deviations == judged.expected_deviations


def test_both_wordings_are_told(judged: Judged) -> None:
    assert all(deviation["documented"] for row in judged.rows for deviation in row["deviations"])


def test_every_failure_has_what_was_expected_what_was_seen_and_a_picture(judged: Judged) -> None:
    for row in judged.rows:
        if row["outcome"] == "failed":
            assert row["expected"]
            assert row["seen"]
            assert any(item["kind"] == "screenshot" for item in row["evidence"])


def test_the_verdict_is_that_of_the_table(judged: Judged) -> None:
    assert judged.found["verdict"] == judged.expected["verdict"]
