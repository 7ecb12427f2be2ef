"""Three programs that check an exported log: two that nobody here wrote (Go's own, and pymerkle), and the witness's."""

import base64
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InmemoryTree

from onrecord_witness import cli

SOURCE = Path(__file__).parent / "goverify"
SEARCHED = ("/usr/share/gocode", "/usr/lib/go/src")


@pytest.fixture(scope="session")
def goverify(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker written in Go, built. Without Go it is skipped with the reason, and fails in CI."""
    go = shutil.which("go")
    if go is None or not Path(SEARCHED[0], "src/golang.org/x/mod/sumdb").is_dir():
        reason = "Go or its x/mod was not found. Debian and Ubuntu: apt install golang-go golang-golang-x-mod-dev."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("go")
    made = folder / "goverify"
    environment = {
        **os.environ, "GO111MODULE": "off", "GOPATH": SEARCHED[0], "GOFLAGS": "", "GOTOOLCHAIN": "local",
        "GOCACHE": str(folder / "cache"), "HOME": str(folder), "CGO_ENABLED": "0",
    }  # fmt: skip
    subprocess.run([str(go), "build", "-o", str(made), "."], cwd=SOURCE, env=environment, check=True)
    return made


def by_go(program: Path, *words: object) -> bool:
    """What the Go program says. It has not crashed: it holds, or it refuses."""
    done = subprocess.run([str(program), *map(str, words)], capture_output=True, text=True)
    assert done.stdout == "holds\n" or done.stderr.startswith("REFUSED:"), done.stderr
    sys.stdout.write(done.stderr)
    return done.returncode == 0


def by_witness(folder: Path, key: str, witness: str) -> bool:
    """What the witness's own command says."""
    policy = folder.parent / "policy"
    policy.write_text(f"witness w {witness}\nquorum w\n" if witness else "quorum none\n")
    words = ["verify", str(folder), "--key", key, "--home", str(folder.parent / "nobody"), "--policy", str(policy)]
    return cli.main(words) == 0


def by_pymerkle(folder: Path, key: str, witness: str) -> bool:
    """pymerkle makes the tree again from the entries; `cryptography` checks the signatures."""
    try:
        text, lines = (folder / "checkpoint").read_text().split("\n\n")
        _, size, root = text.split("\n")
        signed(f"{text}\n".encode(), lines.splitlines(), key)
        if witness:
            signed(f"{text}\n".encode(), lines.splitlines(), witness)
        tree = grown(folder, int(size))
    except (ValueError, OSError, InvalidSignature):
        return False
    return base64.b64encode(tree.get_root(int(size))).decode() == root and tiles_hold(folder, tree)


def grown(folder: Path, size: int) -> InmemoryTree:
    """The tree over the entries of a log. ValueError where there are not as many as were signed."""
    tree = InmemoryTree(algorithm="sha256")
    for number in range(-(-size // 256)):
        width = min(256, size - 256 * number)
        data = (folder / f"tile/entries/{number:03d}{'' if width == 256 else f'.p/{width}'}").read_bytes()
        while data:
            length = 2 + int.from_bytes(data[:2], "big")
            tree.append_entry(data[2:length])
            data = data[length:]
    if tree.get_size() != size:
        raise ValueError(f"{tree.get_size()} entries, {size} signed")
    return tree


def tiles_hold(folder: Path, tree: InmemoryTree) -> bool:
    """Whether the lowest tiles hold pymerkle's own hashes."""
    size = tree.get_size()
    leaves = [tree.get_leaf(index) for index in range(1, size + 1)]
    for number in range(-(-size // 256)):
        part = leaves[256 * number : 256 * number + 256]
        path = folder / f"tile/0/{number:03d}{'' if len(part) == 256 else f'.p/{len(part)}'}"
        if path.read_bytes() != b"".join(part):
            return False
    return True


def signed(text: bytes, lines: list[str], vkey: str) -> None:
    """ValueError or InvalidSignature unless the key signed the text, alone or with a time."""
    name, key_id, data = vkey.split("+", 2)
    raw = base64.b64decode(data)
    if sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != key_id:
        raise ValueError("the key's id is not its own")
    for line in lines:
        _, by, body = line.split(" ")
        found = base64.b64decode(body)
        if (by, found[:4].hex()) == (name, key_id):
            timed = raw[0] == 4
            head = f"cosignature/v1\ntime {int.from_bytes(found[4:12], 'big')}\n".encode() if timed else b""
            Ed25519PublicKey.from_public_bytes(raw[1:]).verify(found[12 if timed else 4 :], head + text)
            return
    raise ValueError(f"{name} did not sign")


def proved_by_pymerkle(tree: InmemoryTree, index: int) -> list[bytes]:
    """pymerkle's own proof that an entry is included, as RFC 6962 writes it."""
    return [bytes(one) for one in tree.prove_inclusion(index + 1, tree.get_size()).path[1:]]
