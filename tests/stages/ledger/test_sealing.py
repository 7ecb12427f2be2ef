"""A sealed stream opens as it was written, or not at all: no piece is changed, moved, left out or cut off."""

import os
from io import BytesIO

import pytest

from onrecord.ledger.gateway.sealing import PIECE, TAG, NotOpened, Opening, Sealing

KEY, OTHER, BOUND = b"k" * 32, b"o" * 32, b"about\n"
WHOLE = PIECE + TAG


def sealed(plain: bytes, step: int = 7_777_777) -> bytes:
    file = BytesIO()
    stream = Sealing(file, KEY, BOUND)
    for start in range(0, len(plain), step):
        stream.write(plain[start : start + step])
    stream.close()
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY, bound: bytes = BOUND, step: int = 999_983) -> bytes:
    stream, found = Opening(BytesIO(data), key, bound), bytearray()
    while part := stream.read(step):
        found += part
    stream.finish()
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5])
def test_it_opens_as_it_was_written(size: int) -> None:
    plain = os.urandom(size)
    data = sealed(plain)
    assert opened(data) == opened(sealed(plain, step=300_007), step=PIECE) == plain
    assert len(data) == size + TAG * max(1, -(-size // PIECE))


THREE = sealed(os.urandom(3 * PIECE))
WRONG = {
    "cut off between pieces": THREE[: 2 * WHOLE],
    "cut off in a piece": THREE[:-1],
    "nothing left": b"",
    "the last piece again": THREE + THREE[2 * WHOLE :],
    "two pieces exchanged": THREE[WHOLE : 2 * WHOLE] + THREE[:WHOLE] + THREE[2 * WHOLE :],
    "a piece left out": THREE[:WHOLE] + THREE[2 * WHOLE :],
    "a bit changed": THREE[:9] + bytes([THREE[9] ^ 1]) + THREE[10:],
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_as_it_was_written_does_not_open(name: str) -> None:
    with pytest.raises(NotOpened):
        opened(WRONG[name])


def test_another_key_and_other_words_before_it_open_nothing() -> None:
    for key, bound in ((OTHER, BOUND), (KEY, b"other\n")):
        with pytest.raises(NotOpened):
            opened(THREE, key, bound)


def test_what_was_cut_off_behind_what_was_read_is_noticed_at_the_end() -> None:
    stream = Opening(BytesIO(THREE[: 2 * WHOLE]), KEY, BOUND)
    assert len(stream.read(PIECE)) == PIECE
    with pytest.raises(NotOpened):
        stream.finish()
