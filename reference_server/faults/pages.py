"""Faults of the pages themselves: fields, words and marks that people and their tools rely on."""

from __future__ import annotations

from reference_server.faults.answers import SCRIPT, STYLES, appended
from reference_server.faults.deviation import edit

edit(
    "mailed-code-cannot-be-pasted",
    "email.html",
    "{% block main %}",
    '{% block head %}<script src="/static/copy.js" defer></script>{% endblock %}\n{% block main %}',
)
appended(
    "mailed-code-cannot-be-pasted", SCRIPT, '\ndocument.addEventListener("paste", event => event.preventDefault());\n'
)

edit(
    "code-field-cuts-what-is-pasted",
    "macros.html",
    'type="text" class="code"',
    'type="text" maxlength="4" class="code"',
)
edit("codes-not-filled-in-by-phones", "macros.html", "'one-time-code' if numeric", "'off' if numeric")
edit("refusals-not-announced", "macros.html", ' role="alert"', "")
edit("language-not-named", "base.html", '<html lang="en">', "<html>")


appended(
    "controls-too-small",
    STYLES,
    "button, .button { min-height: 0; padding: 0; font-size: 0.6rem; line-height: 1; }"
    ".menu-panel a, .menu-panel .plain { min-height: 0; padding: 0; font-size: 0.6rem; line-height: 1; }",
)
appended("words-hard-to-read", STYLES, ".hint, .card p, .lead { color: #b8bcc0; }")

edit(
    "enable-needs-a-mouse",
    "two_factor.html",
    '<button type="submit">Click Here',
    '<button type="submit" tabindex="-1">Click Here',
)
edit("confirm-before-its-field", "time_based.html", '<button type="submit">Confirm', '<button tabindex="1">Confirm')
appended(
    "focus-not-shown",
    STYLES,
    ":focus-visible { outline: none !important; } input:focus-visible { border-color: var(--edge) !important; }",
)
edit(
    "menu-loses-the-place",
    "base.html",
    "{% block head %}",
    '<script src="/static/copy.js" defer></script>\n{% block head %}',
)
appended(
    "menu-loses-the-place",
    SCRIPT,
    """
document.querySelector(".menu")?.addEventListener("toggle", event => {
  if (!event.target.open) document.activeElement.blur();
});
""",
)
edit(
    "sign-in-code-cannot-be-pasted",
    "challenge.html",
    "{% block main %}",
    '{% block head %}<script src="/static/copy.js" defer></script>{% endblock %}\n{% block main %}',
)
appended(
    "sign-in-code-cannot-be-pasted",
    SCRIPT,
    '\nif (location.pathname.startsWith("/sign-in")) {\n'
    '  document.addEventListener("paste", event => event.preventDefault());\n}\n',
)
edit("code-field-labelled-by-an-example", "macros.html", '<label for="code">{{ label }}</label>', "")
edit(
    "code-field-labelled-by-an-example",
    "macros.html",
    '<input id="code"',
    '<input id="code" aria-label="{{ label }}" placeholder="{{ label }}"',
)
edit("name-spoken-otherwise", "base.html", "<summary>", '<summary aria-label="Account">')
edit("copying-without-a-name", "time_based.html", "hidden>Copy</button>", "hidden></button>")
edit("no-zooming", "base.html", "initial-scale=1", "initial-scale=1, maximum-scale=1, user-scalable=no")
appended("wider-than-a-phone", STYLES, "main { min-width: 40rem; }")
edit("success-not-announced", "macros.html", ' role="status"', "")
