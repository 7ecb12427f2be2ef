"""Ed25519 in plain Python, as RFC 8032 section 5.1 defines it: for a machine without `cryptography`.

Slow (some milliseconds) but right. Not constant-time: where others share the machine on which a key signs, install
`cryptography`.
"""

from hashlib import sha512

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, x*y = T/Z."""
NEUTRAL: Point = (0, 1, 1, 0)


def public_of(secret: bytes) -> bytes:
    """The public half of a 32-byte secret key."""
    return _pack(_times(_clamped(sha512(secret).digest()), BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """The 64-byte signature. It uses no chance: the same message gives the same bytes."""
    stretched = sha512(secret).digest()
    scalar, public = _clamped(stretched), public_of(secret)
    nonce = _number(sha512(stretched[32:] + message).digest()) % ORDER
    commitment = _pack(_times(nonce, BASE))
    challenge = _number(sha512(commitment + public + message).digest()) % ORDER
    return commitment + ((nonce + challenge * scalar) % ORDER).to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message is by this public key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, scalar = _unpack(public), _number(signature[32:])
    if key is None or scalar >= ORDER:
        return False
    challenge = _number(sha512(signature[:32] + public + message).digest()) % ORDER
    x, y, z, t = key
    return _pack(_add(_times(scalar, BASE), _times(challenge, (-x % P, y, z, -t % P)))) == signature[:32]


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _clamped(stretched: bytes) -> int:
    return (_number(stretched[:32]) & ((1 << 254) - 8)) | (1 << 254)


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    total = NEUTRAL
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _pack(point: Point) -> bytes:
    over = pow(point[2], -1, P)
    x, y = point[0] * over % P, point[1] * over % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _unpack(data: bytes) -> Point | None:
    """The point whose 32 bytes these are; None where they are none's, or not written in the one right way."""
    value = _number(data)
    odd, y = value >> 255, value & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


BASE: Point = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    4 * pow(5, -1, P) % P,
    1,
    15112221349535400772501151409588531511454012693041857206046113283949847762202 * 4 * pow(5, -1, P) % P,
)
