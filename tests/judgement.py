"""What holds of every judged portal: a run finds what a person finds, and nothing else.

Each portal has a file of its own, as the tests of a file are what is spread over processes.
"""

from __future__ import annotations

from typing import ClassVar

import pytest

from tests.judging import NOT_PASSED, Judged, judge


class Judgement:
    """The tests of one portal, which is judged once for all of them."""

    portal: ClassVar[str]
    """The folder of the portal."""

    @pytest.fixture(scope="class")
    @classmethod
    def judged(cls, tmp_path_factory: pytest.TempPathFactory) -> Judged:
        """The result of one whole run on a product."""
        return judge(cls.portal, tmp_path_factory.mktemp("report"))

    @pytest.mark.parametrize("outcome", NOT_PASSED)
    def test_exactly_the_known_scenarios_do_not_pass(self, judged: Judged, outcome: str) -> None:
        """Neither more nor fewer, and each for the reason that is known."""
        assert list(judged.surprises(outcome)) == []

    def test_codes_live_as_long_as_is_known(self, judged: Judged) -> None:
        """Wherever a run measures how long one lives, because it is not as documented."""
        assert list(judged.wrong_lifetimes()) == []

    def test_every_difference_in_wording_is_reported(self, judged: Judged) -> None:
        """Those of the table, and no other."""
        assert judged.deviations == judged.expected_deviations

    def test_both_wordings_are_told(self, judged: Judged) -> None:
        """The documented one beside the portal's."""
        assert all(deviation["documented"] for row in judged.rows for deviation in row["deviations"])

    def test_every_failure_has_what_was_expected_and_seen_a_picture_and_the_way_there(self, judged: Judged) -> None:
        """So that a person can see it by hand."""
        for row in judged.rows:
            if row["outcome"] == "failed":
                assert row["expected"]
                assert row["seen"]
                assert any(item["kind"] == "screenshot" for item in row["evidence"])
                assert any(item["title"] == "to see it by hand" and item["text"] for item in row["evidence"])

    def test_the_verdict_is_that_of_the_table(self, judged: Judged) -> None:
        """The word of the whole run."""
        assert judged.found["verdict"] == judged.expected["verdict"]
