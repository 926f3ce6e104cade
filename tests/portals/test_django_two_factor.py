"""The portal `django_two_factor`, judged by its profile alone."""

from __future__ import annotations

from tests.judgement import Judgement


class TestDjangoTwoFactor(Judgement):
    """A whole run beside what a person found."""

    portal = "django_two_factor"
