"""A code is typed into six fields, a digit in each."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import restyle, script

VARIATION = Deviation()
_source = VARIATION.source("macros.html")
_start = _source.index('<div class="field">\n  <label for="code">')
_end = _source.index("{% endmacro %}", _start)
_SIX = """{% if numeric %}
<div class="field digits" role="group" aria-labelledby="code-label">
  <p id="code-label"><strong>{{ label }}</strong></p>
  {% for number in range(1, 7) %}
  <input id="code-{{ number }}" class="code" type="text" inputmode="numeric" maxlength="1"
    autocomplete="off" aria-label="Digit {{ number }}">
  {% endfor %}
  <input type="hidden" name="code" value="">
</div>
{% else %}
"""
VARIATION.templates["macros.html"] = f"{_source[:_start]}{_SIX}{_source[_start:_end]}{{% endif %}}\n{_source[_end:]}"
restyle(VARIATION, lambda css: f"{css}\n.digits input.code {{ width: 3rem; text-align: center; }}\n")
script(
    VARIATION,
    """for (const group of document.querySelectorAll(".digits")) {
  const fields = [...group.querySelectorAll("input[maxlength]")];
  const whole = group.querySelector("[name=code]");
  const gather = () => { whole.value = fields.map((field) => field.value).join(""); };
  for (const [place, field] of fields.entries()) {
    field.addEventListener("input", () => {
      gather();
      if (field.value && place < 5) fields[place + 1].focus();
    });
    field.addEventListener("paste", (event) => {
      event.preventDefault();
      const signs = [...event.clipboardData.getData("text").replaceAll(/\\s/g, "")];
      for (const [at, sign] of signs.slice(0, 6 - place).entries()) fields[place + at].value = sign;
      gather();
    });
  }
}
""",
)
