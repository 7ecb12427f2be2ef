"""The plain Ed25519 gives what RFC 8032 prints and what `cryptography` gives, and lets nothing changed pass."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord_witness import ed25519, keys

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465514143"
        "8e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d2916"
        "12bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027bece"
        "ea1ec40a",
    ),
]
SECRETS = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_the_vectors_of_the_rfc(secret: str, public: str, message: str, signature: str) -> None:
    made = ed25519.sign(bytes.fromhex(secret), bytes.fromhex(message))
    assert (ed25519.public_of(bytes.fromhex(secret)).hex(), made.hex()) == (public, signature)
    assert ed25519.verify(bytes.fromhex(public), bytes.fromhex(message), made)


@settings(max_examples=25, deadline=None)
@given(SECRETS, st.binary(max_size=200))
def test_it_gives_the_same_bytes_as_cryptography(secret: bytes, message: bytes) -> None:
    other = Ed25519PrivateKey.from_private_bytes(secret)
    assert ed25519.sign(secret, message) == other.sign(message) == keys.sign(secret, message)
    assert ed25519.public_of(secret) == other.public_key().public_bytes_raw() == keys.public_of(secret)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 95), st.integers(1, 255))
def test_a_byte_changed_in_key_or_signature_is_refused_by_both(place: int, change: int) -> None:
    secret, message = b"\7" * 32, b"what was said"
    whole = bytearray(ed25519.public_of(secret) + ed25519.sign(secret, message))
    assert ed25519.verify(bytes(whole[:32]), message, bytes(whole[32:]))
    whole[place] ^= change
    assert not ed25519.verify(bytes(whole[:32]), message, bytes(whole[32:]))
    assert not keys.verify(bytes(whole[:32]), message, bytes(whole[32:]))


def test_a_signature_whose_number_was_raised_by_the_order_is_refused() -> None:
    secret, message = b"\7" * 32, b"what was said"
    made = ed25519.sign(secret, message)
    raised = int.from_bytes(made[32:], "little") + ed25519.ORDER
    again = made[:32] + raised.to_bytes(32, "little")
    assert [check(ed25519.public_of(secret), message, again) for check in (ed25519.verify, keys.verify)] == [False] * 2


@pytest.mark.parametrize("public", [b"", b"\1" * 31, b"\xff" * 32, bytes(31) + b"\x80", b"\2" + bytes(31)])
def test_what_is_no_key_verifies_nothing(public: bytes) -> None:
    assert not ed25519.verify(public, b"", bytes(64))
