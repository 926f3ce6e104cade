"""No page of help, no chat and no links to the stores; a support ticket is all there is."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
for _link in (
    '<li><a href="/help/two-factor">What is Two-Factor Authentication (2FA)?</a></li>',
    '<li><a href="/help/turn-off">Turning two-factor authentication off</a></li>',
    '<li><a href="/support#chat">Live Chat</a></li>',
):
    VARIATION.edit("base.html", f"        {_link}\n", "")
_source = VARIATION.source("choose.html")
_start, _end = (
    _source.index('        <p class="stores">'),
    _source.index('      </div>\n    </div>\n    <div class="option">'),
)
VARIATION.templates["choose.html"] = _source[:_start] + _source[_end:]
