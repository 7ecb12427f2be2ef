"""What an organisation's sign-in sends is believed only if its own key signed it, for us, in answer, just now."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from onrecord.access.gateway import NotBelieved, believed

ISSUER, CLIENT, NONCE = "https://sign-in.council.example", "onrecord", "a-lamp-in-the-rain"
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
THEIRS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
NOW = datetime.now(UTC)  # noqa: TID251  # the library reads a clock of its own


def jwk(key: Any, mark: str, by: Any = RSAAlgorithm, name: str = "RS256") -> dict[str, Any]:
    """A public key as an issuer publishes it."""
    return json.loads(by.to_jwk(key.public_key())) | {"kid": mark, "use": "sig", "alg": name}


KEYS = {"keys": [jwk(OURS, "first"), jwk(CURVE, "curve", ECAlgorithm, "ES256")]}
SAID = {
    "iss": ISSUER,
    "sub": "s-1",
    "aud": CLIENT,
    "nonce": NONCE,
    "iat": NOW - timedelta(seconds=5),
    "exp": NOW + timedelta(hours=2),
}


def token(key: Any = OURS, by: str = "RS256", mark: str | None = "first", **changed: Any) -> str:
    """An ID token, with some of it changed; None leaves it out."""
    body = {name: value for name, value in (SAID | changed).items() if value is not None}
    return jwt.encode(body, key, algorithm=by, headers={"kid": mark} if mark else None)


def heard(made: str, keys: Any = KEYS, nonce: str = NONCE) -> dict[str, Any]:
    """What is believed of it."""
    return believed(made, keys, ISSUER, CLIENT, nonce)


@pytest.mark.parametrize(
    "made",
    [
        token(),
        token(CURVE, "ES256", "curve"),
        token(iss=f"{ISSUER}/"),
        token(aud=[CLIENT, "another"], azp=CLIENT),
    ],
)
def test_a_right_one_is_believed(made: str) -> None:
    assert heard(made)["sub"] == "s-1"


def test_two_clocks_may_differ_by_half_a_minute() -> None:
    just_over = datetime.now(UTC) - timedelta(seconds=30)  # noqa: TID251  # the library reads a clock of its own
    assert heard(token(exp=just_over))["sub"] == "s-1"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (token(THEIRS), "Signature verification failed"),
        (token(THEIRS, mark="other"), "no one key"),
        (token(mark=None), "no one key"),
        (token(None, "none"), "alg"),
        (token(OURS, "RS256", "curve"), "Invalid|failed|algorithm|expected"),
        (token(iss="https://evil.example"), "issuer"),
        (token(iss=None), "iss"),
        (token(aud="another"), "[Aa]udience"),
        (token(aud=None), "aud"),
        (token(aud=[CLIENT, "another"], azp="another"), "somebody else"),
        (token(nonce="another"), "another request"),
        (token(nonce=None), "another request"),
        (token(exp=NOW - timedelta(minutes=2)), "expired"),
        (token(exp=None), "exp"),
        (token(iat=NOW + timedelta(hours=1)), "iat"),
        (token(sub=None), "sub"),
        ("not.a.token", "."),
        ("", "."),
    ],
)
def test_anything_else_is_not(made: str, why: str) -> None:
    with pytest.raises(NotBelieved, match=why):
        heard(made)


def test_a_public_key_does_not_sign_as_if_it_were_a_password() -> None:
    """The old trick: a token made with the published key as a shared secret."""
    public = OURS.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = urlsafe_b64encode(b'{"alg":"HS256","kid":"first"}').rstrip(b"=")
    said = b".".join((head, token().split(".")[1].encode()))
    signed = urlsafe_b64encode(hmac.digest(public, said, "sha256")).rstrip(b"=")
    with pytest.raises(NotBelieved, match="alg"):
        heard(b".".join((said, signed)).decode())


@pytest.mark.parametrize("keys", [{}, {"keys": []}, [], None, {"keys": [{"kty": "oct", "k": "AA", "kid": "first"}]}])
def test_without_a_key_nothing_is_believed(keys: Any) -> None:
    with pytest.raises(NotBelieved):
        heard(token(), keys)


def test_without_a_question_there_is_no_answer() -> None:
    with pytest.raises(NotBelieved):
        heard(token(nonce=""), nonce="")
