"""Which CSS is told to be wrong without a browser; `tests/steps/test_locating.py` holds it against a real one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from portal2fa.profile_locator import Locator
from tests.selectors import RIGHT, WRONG


@pytest.mark.parametrize("selector", WRONG)
def test_brackets_and_quotation_marks_have_to_close(selector: str) -> None:
    with pytest.raises(ValidationError, match="is no CSS selector"):
        Locator(css=selector)


@pytest.mark.parametrize("selector", RIGHT)
def test_what_closes_is_taken(selector: str) -> None:
    assert Locator(css=selector).css == selector
