"""What the dialog of the security settings is filled with: JSON answers to requests of its script."""

from __future__ import annotations

import io
import secrets
from collections.abc import Awaitable, Callable, Mapping

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reference_server import totp
from reference_server.clock import SystemClock
from tests.stand_ins.whmcs.customers import SECRET_BYTES, Customer
from tests.stand_ins.whmcs.pages import pages_of
from tests.stand_ins.whmcs.visits import form_of, visit_of

TWO_FACTOR = "/account/security/two-factor"
ISSUER = "Stand-in Hosting"
Sent = Mapping[str, str]
Deed = Callable[[Request, Customer, Sent], Response]


def _signed_in(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    """Only for somebody who is signed in, and with the token of the page."""

    async def answer(request: Request) -> Response:
        visit, sent = visit_of(request), await form_of(request)
        if visit.customer is None or sent.get("token") != visit.token:
            return JSONResponse({"errorMsg": "Load this page again."})
        return deed(request, visit.customer, sent)

    return answer


def _fill(request: Request, page: str, submit: str = "", submit_id: str = "", **values: object) -> Response:
    """What the dialog is to hold, with the label of its button; without one the button stays out of sight."""
    body = pages_of(request).draw(request, f"dialog/{page}", **values)
    return JSONResponse({"body": body, "submitlabel": submit, "submitId": submit_id, "hideSubmit": not submit})


def _choice(request: Request, customer: Customer, sent: Sent) -> Response:
    return _fill(request, "choice.html", "Get Started", "btnEnable2FA")


def _offer(request: Request, customer: Customer, sent: Sent) -> Response:
    visit_of(request).secret = totp.new_secret(SECRET_BYTES)
    return _scan(request)


def _scan(request: Request, *, incorrect: bool = False) -> Response:
    secret = visit_of(request).secret or b""
    return _fill(request, "scan.html", "Submit", "btnEnable2FA", key=totp.as_base32(secret), incorrect=incorrect)


def _confirm(request: Request, customer: Customer, sent: Sent) -> Response:
    visit = visit_of(request)
    if visit.secret is None:
        return _choice(request, customer, sent)
    if not customer.takes(sent.get("verifykey", ""), SystemClock().now(), visit.secret):
        return _scan(request, incorrect=True)
    secret, visit.secret = visit.secret, None
    return _fill(request, "complete.html", code=customer.turn_on(secret))


def _ask_password(request: Request, customer: Customer, sent: Sent) -> Response:
    return _password(request)


def _password(request: Request, *, incorrect: bool = False) -> Response:
    label = "Disable Two-Factor Authentication"
    return _fill(request, "password.html", label, "btnDisable2FA", incorrect=incorrect)


def _turn_off(request: Request, customer: Customer, sent: Sent) -> Response:
    if not secrets.compare_digest(sent.get("pwverify", "").encode(), customer.password.encode()):
        return _password(request, incorrect=True)
    customer.turn_off()
    return _fill(request, "disabled.html")


async def qr_code(request: Request) -> Response:
    """The picture for the set-up that this browser has begun, and nothing for anybody else."""
    visit = visit_of(request)
    if visit.customer is None or visit.secret is None:
        return Response(status_code=404)
    picture = io.BytesIO()
    address = totp.provisioning_uri(visit.secret, visit.customer.email, ISSUER)
    segno.make(address, micro=False).save(picture, kind="png", scale=5, border=4)
    return Response(picture.getvalue(), media_type="image/png", headers={"cache-control": "no-store"})


ROUTES = [
    Route(f"{TWO_FACTOR}/enable", _signed_in(_choice), methods=["POST"]),
    Route(f"{TWO_FACTOR}/enable/configure", _signed_in(_offer), methods=["POST"]),
    Route(f"{TWO_FACTOR}/enable/verify", _signed_in(_confirm), methods=["POST"]),
    Route(f"{TWO_FACTOR}/disable", _signed_in(_ask_password), methods=["POST"]),
    Route(f"{TWO_FACTOR}/disable/confirm", _signed_in(_turn_off), methods=["POST"]),
    Route(f"{TWO_FACTOR}/qr-code", qr_code),
]
