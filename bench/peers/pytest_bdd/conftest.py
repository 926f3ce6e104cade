"""Fixtures in the manner of pytest-playwright: its browser with our executable, one walk a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from bench.walk import Walk, control_client, launch_options


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that all peers use."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def control() -> Iterator[httpx.Client]:
    """The portal's control endpoint."""
    with control_client() as client:
        yield client


@pytest.fixture
def ana(browser: Browser, control: httpx.Client) -> Iterator[Walk]:
    """A walk, whose browsers are closed at its end."""
    walk = Walk(browser.new_context, control)
    yield walk
    walk.close()
