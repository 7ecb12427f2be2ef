"""One child of a census: what the register keeps, what makes it wrong, and what is only odd.

Numbers in brackets are the census's own rules. Refused is only what would make the register wrong: somebody could not
be found in it, or would be found under a false day. Everything else is read, and what is odd about it is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.exchange.rules.codes import ETHNICITIES, FACTORS, GENDERS, SEXES, check_letter
from onrecord.exchange.rules.found import Found
from onrecord.exchange.rules.node import Node
from onrecord.exchange.rules.values import ONCE, day, one, real_days
from onrecord.linkage.facts import CENSUS_NEEDS

UPN = re.compile(r"[A-Za-z]\d{11}[\dA-Za-z]", re.ASCII)
CODE = re.compile(r"[0-9A-Za-z]{1,4}", re.ASCII)
LONGEST_ID, SHORT_ID = 100, 20


@dataclass(frozen=True)
class Episode:
    """One referral and what became of it."""

    referred: date
    closed: date | None
    need: str
    factors: tuple[str, ...]


def read_child(node: Node, number: int, reference: date | None, found: Found) -> dict[str, Any]:
    """What the register keeps of a child, as plain values; meaningless where a fault was found."""
    real_days(node, number, found)
    for again in node.all("ChildIdentifiers")[1:]:
        found.refuse(number, again, again.tag, "", ONCE)
    identifiers = node.first("ChildIdentifiers") or Node("ChildIdentifiers", "", node.line)
    person = {
        "local_id": _local_id(identifiers, number, found),
        "upn": _upn(identifiers, number, found),
        "born": _born(identifiers, number, reference, found),
        "sex": _sex(identifiers, number, found),
    }
    episodes = [_episode(each, number, reference, found) for each in node.all("CINdetails")]
    if not episodes:
        found.refuse(number, node, "CINdetails", "", "Every child must have at least one referral (8590).")
    for each in node.under():
        if each.stray:
            found.warn(number, each, each.tag, each.stray, "Text must not stand between elements. It was not read.")
    ethnicity = _ethnicity(node, number, found)
    return {"child": person, "ethnicity": ethnicity} | _summed([made for made in episodes if made])


def _summed(episodes: Sequence[Episode]) -> dict[str, Any]:
    """Several episodes as one line: the first referral, the last closure if all are closed, the latest stated need."""
    if not episodes:
        return {}
    inorder = sorted(episodes, key=lambda made: made.referred)
    closures = [made.closed for made in inorder if made.closed]
    return {
        "known_since": inorder[0].referred,
        "closed_on": max(closures) if len(closures) == len(inorder) else None,
        "need": next((made.need for made in reversed(inorder) if made.need), "N0"),
        "episodes": len(inorder),
        "factors": tuple(sorted({factor for made in inorder for factor in made.factors})),
    }


def _local_id(node: Node, number: int, found: Found) -> str:
    value, at = one(node, "LAchildID", number, found), node.first("LAchildID") or node
    if not value:
        found.refuse(number, at, "LAchildID", "", "Every child must have a local authority child ID (8500).")
    elif len(value) > LONGEST_ID:
        rule = f"A child ID must not be longer than {LONGEST_ID} characters (1570 allows {SHORT_ID})."
        found.refuse(number, at, "LAchildID", value, rule)
    elif len(value) > SHORT_ID:
        found.warn(number, at, "LAchildID", value, f"A child ID must not be longer than {SHORT_ID} characters (1570).")
    if value and not (value.isascii() and value.isalnum()):
        found.warn(number, at, "LAchildID", value, "A child ID must be made of letters and digits (1580).")
    return value


def _upn(node: Node, number: int, found: Found) -> str | None:
    value, at = one(node, "UPN", number, found), node.first("UPN") or node
    if not value:
        return None
    if not UPN.fullmatch(value):
        rule = "A pupil number must be a letter, eleven digits, and a digit or letter: 13 in all (1540, 1550)."
        found.refuse(number, at, "UPN", value, rule)
    elif value[0].upper() != check_letter(value):
        found.warn(number, at, "UPN", value, "A pupil number's first letter must fit its digits (1510).")
    return value


def _born(node: Node, number: int, reference: date | None, found: Found) -> date | None:
    born, at = day(node, "PersonBirthDate", number, found), node.first("PersonBirthDate") or node
    expected = one(node, "ExpectedPersonBirthDate", number, found)
    given = node.said("PersonBirthDate")
    if bool(given) == bool(expected):
        rule = "Either a birth date or an expected one must be given, not both (8525)."
        found.warn(number, at, "PersonBirthDate", given, rule)
    if born and reference and born > reference:
        found.refuse(number, at, "PersonBirthDate", given, "A birth date must not be after the reference date (8520).")
    return born


def _sex(node: Node, number: int, found: Found) -> str:
    """Sex by either year's element. Each element's own codes are right; the other's are read and said to be odd."""
    for tag, own, other in (("Sex", SEXES, GENDERS), ("GenderCurrent", GENDERS, SEXES)):
        value, at = one(node, tag, number, found), node.first(tag)
        if not value or at is None:
            continue
        if value in other:
            rule = f"{tag} must be one of {', '.join(own)} (4180). It was read as {other[value]}."
            found.warn(number, at, tag, value, rule)
        elif value not in own:
            found.refuse(number, at, tag, value, f"{tag} must be one of {', '.join(own)} (4180).")
        return own.get(value) or other.get(value, "U")
    found.warn(number, node, "Sex", "", "Sex must be given for every child (4180). It was read as not known.")
    return "U"


def _ethnicity(node: Node, number: int, found: Found) -> str | None:
    characteristics = node.first("ChildCharacteristics") or node
    value, at = one(characteristics, "Ethnicity", number, found), characteristics.first("Ethnicity") or node
    if value not in ETHNICITIES:
        found.warn(number, at, "Ethnicity", value, "Ethnicity must be one of the census's codes (4220).")
    return value[:300] or None


def _episode(node: Node, number: int, reference: date | None, found: Found) -> Episode | None:
    referred, closed = day(node, "CINreferralDate", number, found), day(node, "CINclosureDate", number, found)
    given, at = node.said("CINreferralDate"), node.first("CINreferralDate") or node
    if not given:
        found.refuse(number, at, "CINreferralDate", "", "Every referral must have a date (8600).")
    if referred and reference and referred > reference:
        found.warn(number, at, "CINreferralDate", given, "A referral must not be after the reference date (8600).")
    if referred and closed and closed < referred:
        at = node.first("CINclosureDate") or node
        found.refuse(
            number, at, "CINclosureDate", closed.isoformat(), "A case must not close before its referral (8630)."
        )
    need, factors = _need(node, number, found), _factors(node, number, found)
    return Episode(referred, closed, need, factors) if referred else None


def _need(node: Node, number: int, found: Found) -> str:
    value, at = one(node, "PrimaryNeedCode", number, found), node.first("PrimaryNeedCode") or node
    if value and value not in CENSUS_NEEDS.words:
        found.refuse(
            number, at, "PrimaryNeedCode", value, f"Primary need must be one of {', '.join(CENSUS_NEEDS.words)} (8650)."
        )
    if not value and node.said("ReferralNFA") not in ("1", "true"):
        rule = "A referral that led to further action must have a primary need (8610). It was read as not stated."
        found.warn(number, at, "PrimaryNeedCode", "", rule)
    return value


def _factors(node: Node, number: int, found: Found) -> tuple[str, ...]:
    """Factors by code. An unknown short code is kept as returned; anything longer could be words, and is refused."""
    kept = []
    for each in node.under():
        if each.tag != "AssessmentFactors" or not each.text:
            continue
        if not CODE.fullmatch(each.text):
            found.refuse(number, each, each.tag, each.text, "A factor must be one of the census's codes, such as 11A.")
            continue
        kept.append(each.text)
        if each.text not in FACTORS:
            found.warn(number, each, each.tag, each.text, "A factor must be on the census's list. This one was kept.")
    return tuple(kept)
