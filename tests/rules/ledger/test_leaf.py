"""A leaf says nothing about anybody, stands in one canonical form, and opens field by field."""

import base64
import json
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.leaf import BadLeaf, Leaf, digests, disclosures, fields_of, stamp, unstamp

AT = datetime(2026, 10, 5, 8, 0, 0, 120, tzinfo=UTC)
LEAF = Leaf(UUID(int=5), "intake.report_received", 1, AT, ("b", "a"))
TEXT = (
    '{"d":["b","a"],"id":"00000000-0000-0000-0000-000000000005","kind":"intake.report_received/1",'
    '"recorded_at":"2026-10-05T08:00:00.000120Z","v":1}'
)
BASE64 = "ABCXYZabcxyz0189-_"
EARLIEST = AT.replace(year=1000, tzinfo=None)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


def test_the_bytes_are_canonical() -> None:
    assert LEAF.payload() == TEXT.encode()


@given(st.uuids(), st.sampled_from(["a.b", "intake.report_received"]), st.integers(1, 99), st.lists(st.text(BASE64)))
def test_the_bytes_are_those_of_rfc_8785(uid: UUID, kind: str, version: int, held: list[str]) -> None:
    written = Leaf(uid, kind, version, AT, tuple(held)).payload()
    assert written == rfc8785.dumps(json.loads(written))


def test_a_leaf_reads_back() -> None:
    assert Leaf.read(TEXT.encode()) == LEAF


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"12",
        TEXT.replace(",", ", ").encode(),
        TEXT.replace('"v":1', '"v":2').encode(),
        TEXT.replace('"v":1', '"v":1,"w":1').encode(),
        TEXT.replace("120Z", "120+00:00").encode(),
        TEXT.replace("/1", "").encode(),
        TEXT.replace("0005", "000G").encode(),
        TEXT.replace(".000120", "").encode(),
    ],
)
def test_any_other_bytes_are_refused(payload: bytes) -> None:
    with pytest.raises(BadLeaf):
        Leaf.read(payload)


@given(st.dictionaries(st.text("abc.", min_size=1, max_size=6), PLAIN, max_size=6), st.randoms(use_true_random=False))
def test_fields_open_to_what_was_said(fields: dict[str, object], chance: object) -> None:
    opened = disclosures(fields, [chance.randbytes(16) for _ in fields])
    assert fields_of(opened) == fields


def test_a_digest_is_made_as_sd_jwt_makes_it() -> None:
    """RFC 9901: base64url without padding of SHA-256 over the disclosure, which is base64url of [salt, name, value]."""
    opened = disclosures({"body.words": "Möbius"}, [b"\0" * 16])[0]
    raw = base64.urlsafe_b64decode(opened + "=" * (-len(opened) % 4))
    assert json.loads(raw) == ["A" * 22, "body.words", "Möbius"]
    expected = base64.urlsafe_b64encode(sha256(opened.encode("ascii")).digest()).rstrip(b"=").decode()
    assert digests([opened]) == (expected,)


def test_the_published_digest() -> None:
    """The first example of RFC 9901, section 4.2.3."""
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digests([disclosure]) == ("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",)


def test_the_order_of_digests_says_nothing() -> None:
    opened = disclosures({name: 1 for name in "abcdef"}, [bytes([salt]) * 16 for salt in range(6)])
    assert digests(opened) == digests(reversed(opened)) == tuple(sorted(digests(opened)))


def test_every_field_needs_a_salt_of_its_own() -> None:
    with pytest.raises(ValueError):
        disclosures({"a": 1, "b": 2}, [b"\0" * 16])


@pytest.mark.parametrize("opened", ["", "x", "e30", "WzFd"])
def test_what_is_no_disclosure_is_refused(opened: str) -> None:
    with pytest.raises(BadLeaf):
        fields_of([opened])


@given(st.datetimes(min_value=EARLIEST, timezones=st.just(UTC)))
def test_a_moment_keeps_its_microseconds(moment: datetime) -> None:
    assert unstamp(stamp(moment)) == moment
