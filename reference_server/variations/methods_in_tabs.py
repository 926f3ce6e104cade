"""Each method has a tab of its own, with what it is and its way on."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import links_to_the_stores, script

VARIATION = Deviation()
_TAB = """  <button type="button" role="tab" class="second" id="tab-{method}" aria-controls="panel-{method}"
    aria-selected="{selected}">{name}</button>
"""
_PANEL = """<section class="card" role="tabpanel" id="panel-{method}" aria-labelledby="tab-{method}"{hidden}>
  <form method="post" action="/client/security/two-factor/choose">
    {{{{ m.hidden(csrf) }}}}<input type="hidden" name="method" value="{method}">
    {about}
    <div class="actions">
      <button type="submit">Get Started</button>
      <a class="button quiet" href="/client/security/two-factor">Cancel</a>
    </div>
  </form>
</section>
"""
_METHODS = (
    ("time_based", "Time Based Tokens", links_to_the_stores()),
    ("email", "Email Two-Factor Authentication", "<p>We send a code to your registered address.</p>"),
)


def _tabs() -> str:
    return "".join(
        _TAB.format(method=method, name=name, selected="true" if method == "time_based" else "false")
        for method, name, _ in _METHODS
    )


def _panels() -> str:
    return "".join(
        _PANEL.format(method=method, about=about, hidden="" if method == "time_based" else " hidden")
        for method, _, about in _METHODS
    )


VARIATION.templates["choose.html"] = f"""{{% extends "area.html" %}}
{{% block title %}}Choose a method{{% endblock %}}
{{% block main %}}
<h1>Choose a method</h1>
{{{{ m.notices(alert, status) }}}}
<div role="tablist" aria-label="Methods" class="actions">
{_tabs()}</div>
{_panels()}{{% endblock %}}
"""
script(
    VARIATION,
    """const tabs = [...document.querySelectorAll("[role=tab]")];
for (const tab of tabs) tab.addEventListener("click", () => {
  for (const each of tabs) {
    each.setAttribute("aria-selected", String(each === tab));
    document.getElementById(each.getAttribute("aria-controls")).hidden = each !== tab;
  }
});
""",
)
