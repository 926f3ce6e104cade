"""behave's hooks: one browser for the run, one walk a scenario."""

from __future__ import annotations

from behave.model import Scenario
from behave.runner import Context
from playwright.sync_api import sync_playwright

from bench.walk import Walk, control_client, launch_options


def before_all(context: Context) -> None:
    """Start the browser."""
    context.playwright = sync_playwright().start()
    context.browser = context.playwright.chromium.launch(**launch_options())
    context.control = control_client()


def after_all(context: Context) -> None:
    """End it."""
    context.control.close()
    context.browser.close()
    context.playwright.stop()


def before_scenario(context: Context, scenario: Scenario) -> None:
    """Begin a walk."""
    context.ana = Walk(context.browser.new_context, context.control)


def after_scenario(context: Context, scenario: Scenario) -> None:
    """Close its browsers."""
    context.ana.close()
