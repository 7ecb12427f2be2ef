"""What is just small enough is read, and what is one too large is refused; a long proof leads nowhere."""

import base64

import pytest

from onrecord_witness import Refused, ed25519
from onrecord_witness.keys import LOG, Key, name_is_good
from onrecord_witness.merkle import check_consistency, check_inclusion, node_hash, root_of
from onrecord_witness.note import DASH, LARGEST, LATEST, MOST_LINES, Checkpoint, Line, Note, read_size
from onrecord_witness.policy import Policy
from onrecord_witness.proof import TITLE, Proof, read_hash
from onrecord_witness.receipt import Receipt
from onrecord_witness.request import Request
from onrecord_witness.source import LARGEST as LARGEST_FILE
from onrecord_witness.source import Missing, Source
from onrecord_witness.tiles import HASH, Tiles
from tests.witness.logs import LOG_KEY, b64, entries_of, hashes, note_of

NINE = hashes(entries_of(9))
LINE = f"{DASH} a {b64(bytes(5))}"
NOTE = note_of(entries_of(3)).encode()


class Held:
    """A log's files in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, path: str) -> bytes:
        """The one file there is."""
        return self.data


@pytest.mark.parametrize(
    ("index", "size", "why"),
    [(9, 9, "is not one"), (-1, 9, "is not one"), (0, 0, "is not one")],
)
def test_a_place_outside_the_log_is_refused(index: int, size: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_inclusion(index, size, NINE[0], [], NINE[0])


def test_a_proof_longer_than_the_tree_is_too_long() -> None:
    proof, root = Tiles(Held(b"".join(NINE)), 9).inclusion(3), root_of(NINE)  # type: ignore[arg-type]
    check_inclusion(3, 9, NINE[3], proof, root)
    with pytest.raises(Refused, match="included is too long"):
        check_inclusion(3, 9, NINE[3], [*proof, NINE[0]], node_hash(root, NINE[0]))
    with pytest.raises(Refused, match="does not show"):
        check_inclusion(3, 9, NINE[3], proof[:-1], root)


@pytest.mark.parametrize("hashes_of", [{"leaf": b"\1" * 31}, {"root": b"\1" * 33}, {"proof": [b"\1" * 31]}])
def test_what_is_no_hash_proves_nothing(hashes_of: dict[str, object]) -> None:
    said = {"leaf": NINE[0], "proof": [], "root": NINE[0]} | hashes_of
    with pytest.raises(Refused, match="is not one"):
        check_inclusion(0, 1, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("old", [5, 6, 8])
def test_a_consistency_proof_longer_than_the_tree_is_too_long(old: int) -> None:
    proof = Tiles(Held(b"".join(NINE)), 9).consistency(old)  # type: ignore[arg-type]
    roots = root_of(NINE[:old]), root_of(NINE)
    check_consistency(old, 9, *roots, proof)
    longer = [*proof, NINE[0]]
    with pytest.raises(Refused, match="changed is too long"):
        check_consistency(old, 9, *(node_hash(one, NINE[0]) for one in roots), longer)
    with pytest.raises(Refused, match=r"too short|does not show|missing"):
        check_consistency(old, 9, *roots, proof[:-1])


@pytest.mark.parametrize("sizes", [(0, 3), (4, 3), (-1, 3)])
def test_sizes_that_cannot_follow_are_refused(sizes: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="changed is not one"):
        check_consistency(*sizes, NINE[0], NINE[0], [])


@pytest.mark.parametrize("sizes", [(0, 9), (9, 9), (5, 10), (9, 5)])
def test_files_make_no_proof_of_what_they_do_not_hold(sizes: tuple[int, int]) -> None:
    tiles = Tiles(Held(b"".join(NINE)), 9)  # type: ignore[arg-type]
    assert tiles.consistency(*sizes) == []


@pytest.mark.parametrize(("data", "holds"), [(NINE, True), (NINE[:8], False), ([*NINE[:8], NINE[8][:31]], False)])
def test_a_tile_holds_whole_hashes_and_enough_of_them(data: list[bytes], holds: bool) -> None:
    tiles = Tiles(Held(b"".join(data)), 9)  # type: ignore[arg-type]
    if holds:
        assert len(tiles.tile(0, 0)) == 9 * HASH
        return
    with pytest.raises(Refused, match="does not hold the 9 hashes it should"):
        tiles.tile(0, 0)


def padded(size: int) -> bytes:
    """A note of exactly so many bytes."""
    tail = f"\n{LINE}\n"
    return ("a" * (size - len(tail.encode()) - 1) + "\n" + tail).encode()


def test_a_note_is_as_long_as_a_note_may_be() -> None:
    assert len(padded(LARGEST)) == LARGEST
    assert bytes(str(Note.read(padded(LARGEST))), "utf-8") == padded(LARGEST)
    with pytest.raises(Refused, match="the note is too long, or holds signs"):
        Note.read(padded(LARGEST + 1))


@pytest.mark.parametrize("sign", ["\0", "\t", "\r", "\x1f"])
def test_a_note_holds_no_signs_that_nobody_sees(sign: str) -> None:
    with pytest.raises(Refused, match="the note is too long, or holds signs"):
        Note.read(f"a{sign}b\n\n{LINE}\n".encode())
    assert Note.read(f"a b\n\n{LINE}\n".encode()).text == "a b\n"


def test_a_note_has_as_many_signatures_as_it_may() -> None:
    most = "".join(f"{LINE}\n" for _ in range(MOST_LINES))
    assert len(Note.read(f"a\n\n{most}".encode()).lines) == MOST_LINES
    with pytest.raises(Refused, match="too many signatures"):
        Note.read(f"a\n\n{most}{LINE}\n".encode())


@pytest.mark.parametrize("data", [b64(bytes(4)), b64(b""), "A===", "!AAAAAAA", f"{b64(bytes(5))}!"])
def test_a_signature_that_is_too_short_or_no_base64_is_none(data: str) -> None:
    with pytest.raises(Refused, match="the signature of a is not base64, or is too short"):
        Line.read(f"{DASH} a {data}")
    assert Line.read(LINE) == Line("a", bytes(4), bytes(1))


@pytest.mark.parametrize(("text", "good"), [(str(LATEST), True), (str(LATEST + 1), False), ("01", False)])
def test_a_size_is_a_plain_number_that_is_not_too_large(text: str, good: bool) -> None:
    if good:
        assert read_size(text) == int(text)
        return
    with pytest.raises(Refused, match="a size is written as a plain number"):
        read_size(text)


def test_a_checkpoint_may_say_more_than_three_lines() -> None:
    assert Checkpoint.read(f"a\n1\n{b64(NINE[0])}\nmore\n") == Checkpoint("a", 1, NINE[0])
    for text in (f"a\n1\n{b64(NINE[0])}", f"a\n1\n{b64(NINE[0])}\n\n", "a\n1\n"):
        with pytest.raises(Refused, match="an origin, a size and a root"):
            Checkpoint.read(text)


def proof_of(count: int, **more: str) -> bytes:
    lines = "".join(f"{b64(NINE[0])}\n" for _ in range(count))
    said = {"title": TITLE, "extra": "", "index": "index 0\n", "gap": "\n"} | more
    return f"{said['title']}\n{said['extra']}{said['index']}{lines}{said['gap']}".encode() + NOTE


def test_a_proof_has_at_most_63_hashes() -> None:
    assert len(Proof.read(proof_of(63)).hashes) == 63
    assert len(Proof.read(proof_of(63, extra="extra AAAA\n")).hashes) == 63
    with pytest.raises(Refused, match="at most 63 hashes"):
        Proof.read(proof_of(64))


def test_a_proof_is_no_longer_than_it_may_be() -> None:
    head = proof_of(1)
    assert Proof.read(head + b"\0" * (2 * LARGEST - len(head))).index == 0
    with pytest.raises(Refused, match="a proof begins with the line"):
        Proof.read(head + b"\0" * (2 * LARGEST - len(head) + 1))


@pytest.mark.parametrize(
    "more", [{"title": "c2sp.org/tlog-proof@v2"}, {"title": ""}, {"index": "", "gap": ""}, {"gap": ""}]
)
def test_what_is_written_otherwise_is_no_proof(more: dict[str, str]) -> None:
    with pytest.raises(Refused):
        Proof.read(proof_of(0, **more).replace(b"\n\n", b"\n") if more == {"gap": ""} else proof_of(0, **more))


@pytest.mark.parametrize("size", [31, 33])
def test_a_hash_has_32_bytes(size: int) -> None:
    assert read_hash(b64(bytes(32))) == bytes(32)
    with pytest.raises(Refused, match="a hash is not 32 bytes long"):
        read_hash(b64(bytes(size)))


def request_of(count: int) -> bytes:
    return b"old 0\n" + b"".join(f"{b64(NINE[0])}\n".encode() for _ in range(count)) + b"\n" + NOTE


def test_a_request_has_at_most_63_hashes_and_is_not_too_long() -> None:
    assert len(Request.read(request_of(63)).proof) == 63
    with pytest.raises(Refused, match="at most 63 hashes"):
        Request.read(request_of(64))
    with pytest.raises(Refused, match="the request is too long"):
        Request.read(request_of(1) + b"\n" * (2 * LARGEST))
    with pytest.raises(Refused, match="the note is too long"):
        Request.read(request_of(1) + b"\n" * (2 * LARGEST - len(request_of(1))))


@pytest.mark.parametrize(("sign", "good"), [(9, True), (10, True), (32, True), (11, False), (31, False), (127, False)])
def test_a_policy_holds_no_control_characters_but_two(sign: int, good: bool) -> None:
    text = b"quorum none\n#" + bytes([sign]) + b"\n"
    if good:
        assert Policy.read(text).quorum == "none"
        return
    with pytest.raises(Refused, match="a policy holds no control characters but tabs and newlines"):
        Policy.read(text)


def test_a_policy_names_a_log_with_an_address_or_without() -> None:
    key = str(LOG_KEY.verifier())
    assert list(Policy.read(f"log {key}\nquorum none\n".encode()).logs.values()) == [""]
    assert list(Policy.read(f"log {key} https://a\nquorum none\n".encode()).logs.values()) == ["https://a"]
    for line in ("log", f"log {key} https://a b"):
        with pytest.raises(Refused, match="a log has a key, and perhaps an address"):
            Policy.read(f"{line}\nquorum none\n".encode())


BAD = ("a+b", "a b", "", "a\u00a0b", "\x1f", "\udc80")


@pytest.mark.parametrize(("name", "good"), [("a", True), ("a\x7f", True), *((name, False) for name in BAD)])
def test_a_name_has_no_spaces_and_no_plus(name: str, good: bool) -> None:
    assert name_is_good(name) is good


def test_a_key_is_written_in_three_parts() -> None:
    key = str(LOG_KEY.verifier())
    assert str(Key.read(key, LOG)) == key
    for text in ("", "a", "a+b", key.replace("+", " ", 1), key.partition("+")[2]):
        with pytest.raises(Refused):
            Key.read(text, LOG)


def test_a_file_is_no_larger_than_a_file_of_a_log(tmp_path: object) -> None:
    (tmp_path / "a").write_bytes(bytes(LARGEST_FILE))  # type: ignore[operator]
    (tmp_path / "b").write_bytes(bytes(LARGEST_FILE + 1))  # type: ignore[operator]
    source = Source(f"{tmp_path}/")
    assert (source.where, len(source.read("a"))) == (str(tmp_path), LARGEST_FILE)
    with pytest.raises(Refused, match="b is larger than a file of a log can be"):
        source.read("b")
    with pytest.raises(Missing):
        source.read("c")
    assert (Source("/").where, Source("http://a").remote, Source("a").remote) == ("/", True, False)
    assert Source("https://a/").remote


SECRET, MESSAGE = b"\5" * 32, b"what was said"
PUBLIC, SIGNED = ed25519.public_of(SECRET), ed25519.sign(SECRET, MESSAGE)


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        (PUBLIC, SIGNED[:63]),
        (PUBLIC, SIGNED + b"\0"),
        (PUBLIC[:31], SIGNED),
        (PUBLIC + b"\0", SIGNED),
        (PUBLIC, SIGNED[:32] + (int.from_bytes(SIGNED[32:], "little") + ed25519.ORDER).to_bytes(32, "little")),
        (PUBLIC, SIGNED[:32] + ed25519.ORDER.to_bytes(32, "little")),
        ((ed25519.P + 1).to_bytes(32, "little"), SIGNED),
        (ed25519.P.to_bytes(32, "little"), SIGNED),
        (bytes(31) + b"\x80", SIGNED),
        ((1 | 1 << 255).to_bytes(32, "little"), SIGNED),
        ((2).to_bytes(32, "little"), SIGNED),
    ],
    ids=["short", "long", "short-key", "long-key", "scalar-again", "scalar-is-order", "y-not-reduced", "y-is-p",
         "odd-zero-y", "odd-without-x", "no-point"],
)  # fmt: skip
def test_a_key_or_signature_that_is_not_written_in_the_one_right_way_is_refused(
    public: bytes, signature: bytes
) -> None:
    assert ed25519.verify(PUBLIC, MESSAGE, SIGNED) is True
    assert ed25519.verify(public, MESSAGE, signature) is False


def test_a_point_is_read_as_one_and_only_as_it_is_written() -> None:
    odd = {bytes([n]) * 32: ed25519.public_of(bytes([n]) * 32)[31] >> 7 for n in range(1, 9)}
    assert set(odd.values()) == {0, 1}  # both signs of x are tried
    for secret in odd:
        assert ed25519.verify(ed25519.public_of(secret), MESSAGE, ed25519.sign(secret, MESSAGE)) is True
    for y in (1, ed25519.P - 1):
        x, *_ = ed25519._unpack(y.to_bytes(32, "little")) or (None,)
        assert x == 0
    assert ed25519._unpack(ed25519.P.to_bytes(32, "little")) is None
    assert ed25519._unpack((1 | 1 << 255).to_bytes(32, "little")) is None


def test_a_receipt_has_five_lines_or_six_and_its_title() -> None:
    signed = LOG_KEY.sign("onrecord receipt v1\na\nb\nc\n")
    with pytest.raises(Refused, match="this is not a receipt"):
        Receipt.read(signed.encode(), [Key.read(str(LOG_KEY.verifier()), LOG)])
    other = LOG_KEY.sign(
        "onrecord receipt v2\na\nb 2026-10-05T07:00:00.000000Z\n" + b64(bytes(32)) + "\nwithin 24 hours\n"
    )
    with pytest.raises(Refused, match="this is not a receipt"):
        Receipt.read(other.encode(), [Key.read(str(LOG_KEY.verifier()), LOG)])
    assert base64.b64decode(b64(bytes(32))) == bytes(32)
