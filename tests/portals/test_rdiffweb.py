"""The portal `rdiffweb`, judged by its profile alone."""

from __future__ import annotations

import pytest

from tests.judgement import Judgement


@pytest.mark.portals_long
class TestRdiffweb(Judgement):
    """A whole run beside what a person found."""

    portal = "rdiffweb"
