"""Selectors with brackets and quotation marks: for what is said of them at a desk, and by a browser."""

from __future__ import annotations

WRONG = (
    "button[[",
    "button[type='submit'",
    "button]",
    "a[href=(]",
    "a:not(.b",
    "a)",
    "a:not([b)]",
    "a[href='x]",
    'p:has-text("it)',
    "a'",
    "p:has-text('it's')",
)
RIGHT = (
    "#qr img",
    "a[href^='otpauth:']",
    "body:not(:has(button[value='a']), .b) > :is(img, svg)",
    "p:has-text(':-) [')",
    'p:has-text("it\'s")',
    "p:has-text('it\\'s')",
    "#a\\[b",
    "a/* ( [ ' */ b",
    "text=it's [",
    '//a[contains(., "\'")]',
    "'it (still) is'",
    "#a >> text=(it's",
)
