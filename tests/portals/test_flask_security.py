"""The portal `flask_security`, judged by its profile alone."""

from __future__ import annotations

from tests.judgement import Judgement


class TestFlaskSecurity(Judgement):
    """A whole run beside what a person found."""

    portal = "flask_security"
