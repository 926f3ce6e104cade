"""The portal's TOTP against the published vectors, and what it takes for a match."""

from __future__ import annotations

import pytest

from reference_server import totp
from reference_server.totp import Algorithm

KEY = b"12345678901234567890"
KEYS: dict[Algorithm, bytes] = {
    "SHA1": KEY,
    "SHA256": (KEY * 2)[:32],
    "SHA512": (KEY * 4)[:64],
}  # the RFC's reference code pads the key to the length of the hash

RFC_6238 = [
    (59, "94287082", "46119246", "90693936"),
    (1_111_111_109, "07081804", "68084774", "25091201"),
    (1_111_111_111, "14050471", "67062674", "99943326"),
    (1_234_567_890, "89005924", "91819424", "93441116"),
    (2_000_000_000, "69279037", "90698825", "38618901"),
    (20_000_000_000, "65353130", "77737706", "47863826"),
]
CASES = [
    (at, algorithm, code)
    for at, *codes in RFC_6238
    for algorithm, code in zip(("SHA1", "SHA256", "SHA512"), codes, strict=True)
]


@pytest.mark.parametrize(
    ("counter", "code"),
    list(
        enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"])
    ),
)
def test_codes_are_those_of_rfc_4226_appendix_d(counter: int, code: str) -> None:
    assert totp.code_of_step(KEY, counter) == code


@pytest.mark.parametrize(("at", "algorithm", "code"), CASES)
def test_codes_are_those_of_rfc_6238_appendix_b(at: int, algorithm: Algorithm, code: str) -> None:
    step = totp.step_at(at)
    assert totp.code_of_step(KEYS[algorithm], step, digits=8, algorithm=algorithm) == code


@pytest.mark.parametrize("at", [2**31 - 1, 2**31, 2**31 + 30, 2**32, 2**32 + 30, 2**33])
def test_time_goes_on_after_2038_and_2106(at: int) -> None:
    code = totp.code_of_step(KEY, at // 30)
    assert totp.matching_step(KEY, code, at) == at // 30


@pytest.mark.parametrize(("away", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_of_drift_is_accepted_on_either_side(away: int, accepted: bool) -> None:
    at = 1_800_000_010.0
    code = totp.code_of_step(KEY, totp.step_at(at) + away)
    assert totp.matching_step(KEY, code, at) == (totp.step_at(at) + away if accepted else None)


@pytest.mark.parametrize(("at", "step"), [(0, 0), (29.999, 0), (30, 1), (59.999, 1), (60, 2)])
def test_a_step_begins_at_its_first_moment(at: float, step: int) -> None:
    assert totp.step_at(at) == step


def test_the_first_step_has_none_before_it() -> None:
    assert totp.matching_step(KEY, totp.code_of_step(KEY, 0), 0) == 0


@pytest.mark.parametrize(
    "odd", ["", "28708", "2870820", "٢٨٧٠٨٢", "\x00" * 6, "🙂" * 6, "-87082", "2.8e5", "\ud800", "9" * 10_000]
)
def test_anything_but_the_digits_matches_no_step(odd: str) -> None:
    assert totp.matching_step(KEY, odd, 59) is None


def test_the_address_for_the_app_names_account_and_issuer() -> None:
    uri = totp.provisioning_uri(KEY, "ana+x@customers.example", "Harbour Hosting")
    assert uri == (
        "otpauth://totp/Harbour%20Hosting:ana%2Bx@customers.example"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harbour%20Hosting"
    )


def test_a_secret_is_typed_without_padding() -> None:
    assert totp.as_base32(b"1234567890123456") == "GEZDGNBVGY3TQOJQGEZDGNBVGY"


def test_secrets_differ_and_have_160_bits() -> None:
    secrets = {totp.as_base32(totp.new_secret(20)) for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}
