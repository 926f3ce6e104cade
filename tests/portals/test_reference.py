"""The reference portal, judged as any other: by its profile alone."""

from __future__ import annotations

import pytest

from tests.judgement import Judgement


@pytest.mark.portals_long
class TestReference(Judgement):
    """A whole run beside what its rules say."""

    portal = "reference"
