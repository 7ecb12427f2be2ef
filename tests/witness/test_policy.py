"""A policy file says the same to both programs: whose signatures are enough, and which files are none."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.rules import policy as ours
from onrecord_witness import Refused
from onrecord_witness.keys import WITNESS, Key, public_of
from onrecord_witness.note import Note, cosign
from onrecord_witness.policy import Policy
from tests.witness.logs import LOG_KEY, NOW, entries_of, note_of

NAMES = ("inspectorate", "scrutineer", "fenmoor", "hill", "office")
SECRETS = {name: bytes([number]) * 32 for number, name in enumerate(NAMES, 10)}
KEYS = {name: str(Key(f"{name}.example", WITNESS, public_of(secret))) for name, secret in SECRETS.items()}
LINES = "".join(f"witness {name} {vkey}\n" for name, vkey in KEYS.items())
NESTED = f"""# Who must sign
log {LOG_KEY.verifier()} https://log.example
{LINES}
group\ttwo 2 inspectorate scrutineer fenmoor
  group any-other any hill office
group both all two any-other
quorum both
"""


def subsets() -> Iterator[tuple[str, ...]]:
    for count in range(len(NAMES) + 1):
        yield from combinations(NAMES, count)


def test_both_say_of_every_set_of_witnesses_whether_it_is_enough() -> None:
    theirs, own = Policy.read(NESTED.encode()), ours.read_policy(NESTED)
    right = [len(set(names[:]) & set(NAMES[:3])) >= 2 and bool(set(names) & set(NAMES[3:])) for names in subsets()]
    assert [theirs.enough(names) for names in subsets()] == right
    assert [own.enough(names) for names in subsets()] == right
    assert (sum(right), own.spoken()) == (
        12,
        "all of (2 of inspectorate, scrutineer, fenmoor), (1 of hill, office)",
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("quorum none\n", ""),
        (f"{LINES}quorum hill\n", "hill"),
        (f"{LINES}group g any hill\nquorum g\n", "hill"),
        (f"{LINES}group g all hill office\nquorum g\n", "all of hill, office"),
    ],
)
def test_a_quorum_in_words(text: str, spoken: str) -> None:
    own = ours.read_policy(text)
    assert (own.spoken(), own.enough([]), Policy.read(text.encode()).enough([])) == (spoken, not spoken, not spoken)


BAD = {
    "nothing": "",
    "no quorum": LINES,
    "two quorums": f"{LINES}quorum hill\nquorum hill\n",
    "a quorum of nobody": "quorum somebody\n",
    "a quorum of two names": f"{LINES}quorum hill office\n",
    "a word that is none": "witnesses hill\nquorum none\n",
    "a witness without a key": "witness hill\nquorum none\n",
    "a witness with a log's key": f"witness hill {LOG_KEY.verifier()}\nquorum none\n",
    "a witness twice": f"{LINES}witness again {KEYS['hill']}\nquorum none\n",
    "a name twice": f"{LINES}group hill any office\nquorum none\n",
    "the name none": f"witness none {KEYS['hill']}\nquorum none\n",
    "a group before its members": f"group g any hill\n{LINES}quorum g\n",
    "a group without members": f"{LINES}group g any\nquorum none\n",
    "a group that asks too many": f"{LINES}group g 3 hill office\nquorum g\n",
    "a group that asks none": f"{LINES}group g 0 hill office\nquorum g\n",
    "a group that asks 02": f"{LINES}group g 02 hill office\nquorum g\n",
    "a member twice": f"{LINES}group g 1 hill hill\nquorum g\n",
    "a member of two groups": f"{LINES}group g any hill\ngroup h any hill\nquorum h\n",
    "none as a member": f"{LINES}group g any none\nquorum g\n",
    "a control character": f"{LINES}quorum\x07hill\n",
    "a carriage return": f"{LINES}quorum hill\r\n",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_policy_is_refused_by_both(name: str) -> None:
    with pytest.raises(Refused):
        Policy.read(BAD[name].encode())
    with pytest.raises(ours.BadPolicy):
        ours.read_policy(BAD[name])


def test_a_log_named_twice_is_refused_by_the_witness() -> None:
    with pytest.raises(Refused, match="line 2"):
        Policy.read(f"log {LOG_KEY.verifier()}\nlog {LOG_KEY.verifier()}\nquorum none\n".encode())


WORDS = st.sampled_from(
    ["witness", "group", "quorum", "log", "none", "any", "all", "1", "2", "a", "hill", *KEYS.values()]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=5), max_size=6))
def test_both_take_or_refuse_the_same_files(lines: list[list[str]]) -> None:
    text = (
        LINES.partition("\n")[0] + "\n" + "".join(" ".join(words) + "\n" for words in lines) + "quorum inspectorate\n"
    )
    try:
        theirs = Policy.read(text.encode())
    except Refused:
        if "log" not in text:
            with pytest.raises(ours.BadPolicy):
                ours.read_policy(text)
        return
    own = ours.read_policy(text)
    assert (theirs.quorum, theirs.groups) == (own.quorum, own.groups)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_policy_or_refused(data: bytes) -> None:
    try:
        Policy.read(data)
    except Refused:
        return
    pytest.fail("random bytes held a quorum line")


def test_who_signed_a_checkpoint_and_when() -> None:
    note = Note.read(note_of(entries_of(3)).encode())
    signed = note.plus(
        cosign(SECRETS[name], f"{name}.example", note.text, NOW + at) for at, name in enumerate(NAMES[:2])
    )
    policy = Policy.read(NESTED.encode())
    assert policy.cosigned_at(signed) == {"inspectorate": NOW, "scrutineer": NOW + 1}
    forged = note.plus([cosign(SECRETS["hill"], "office.example", note.text, NOW)])
    assert policy.cosigned_at(forged) == {}
    moved = str(signed).replace(
        str(signed.lines[1]), str(cosign(SECRETS["inspectorate"], "inspectorate.example", "x\n", NOW))
    )
    with pytest.raises(Refused, match="does not hold"):
        policy.cosigned_at(Note.read(moved.encode()))
