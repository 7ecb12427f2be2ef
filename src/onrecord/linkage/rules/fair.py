"""Whether linking works as well for every way of naming. The tradition is read off the name, and of no person.

It is only ever used to measure, with a truth at hand. It never enters a weight, a key or a link.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FEWEST, WIDEST = 500, 0.02
"""Of fewer pairs than this no share is told: chance alone moves it by two points. Further apart is unfair."""


class Form(NamedTuple):
    """How last names of a tradition look: those that are well known, how others begin, and how they end."""

    known: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]


def _form(known: str, begins: str, ends: str) -> Form:
    return Form(frozenset(known.split()), tuple(begins.split("/")) if begins else (), tuple(ends.split()))


FORMS = {
    "Arabic": _form(
        "mansour mansoor saleh salih haddad hadad nasser naser khalil khaleel aziz mustafa mostafa othman "
        "darwish darweesh jaber jabir barakat hamdan suleiman sulaiman soliman alhassan elsayed almasri "
        "alahmad hassan khoury nasr",
        "al-/al /el-/el /abu /bin /ibn ",
        "awi oudi rawi masri",
    ),
    "South Asian": _form(
        "khan kahn ahmed ahmad hussain hussein husain ali begum begom patel singh sing kaur kour shah akhtar "
        "akhter aktar iqbal eqbal mahmood mahmud mehmood malik mallick miah mia miya uddin udin ud-din bibi "
        "rahman rehman islam sharma chowdhury choudhury chaudhry gupta kumar desai mistry gill sandhu dhillon "
        "grewal qureshi kureshi siddiqui siddiqi mirza butt bhatt sheikh shaikh javed javaid rao bose das "
        "dutta iyer nair",
        "",
        "deep preet jit wani wal nath reddy ekar kar eja hani lani zai inder",
    ),
    "Eastern European": _form(
        "nowak novak wojcik popa dumitru horvath horvat balog balogh kovac kovacs rusu stan radu lakatos",
        "",
        "ski ska sky wicz vich czyk escu enko ov ev ova eva auskas aite iene anas inas arek iak uk yk",
    ),
    "African": _form(
        "mensah mensa owusu boateng boaten asante appiah apiah mohamud mohamoud warsame warsama farah faarax "
        "abdi cabdi jama jamac moyo ncube nkube dube tesfaye tesfai bekele ceesay sesay jallow diallo kamara "
        "camara balogun ballogun okafor okafo okonkwo okonkwor eze ezeh",
        "ade/aki/bam/chi/eke/fola/ige/nna/nwa/oba/ogun/oke/olu/ona/osa/sey/uzo/mba/kay",
        "",
    ),
}
OTHER = "British and other"


@dataclass(frozen=True)
class Tradition:
    """How well the records of one naming tradition were linked."""

    name: str
    pairs: int
    precision: float
    recall: float


def tradition(surname: str) -> str:
    """The naming tradition of a last name, by its form alone."""
    plain = surname.casefold().strip()
    for name, form in FORMS.items():
        if plain in form.known or plain.startswith(form.begins) or plain.endswith(form.ends):
            return name
    return OTHER


def by_tradition(
    linked: Iterable[tuple[int, int]], person: Mapping[int, str], named: Mapping[int, str]
) -> list[Tradition]:
    """Precision and recall of each tradition with enough pairs, by whom a pair is about in truth.

    `named` gives the tradition of every record that has a last name. A child has the one that most records give.
    """
    whose = _whose(person, named)
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for one, other in linked:
        for name in {whose[person[one]], whose[person[other]]}:
            made[name] += 1
            right[name] += person[one] == person[other]
    there: Counter[str] = Counter()
    for who, count in Counter(person.values()).items():
        there[whose[who]] += count * (count - 1) // 2
    return [
        Tradition(name, there[name], right[name] / made[name] if made[name] else 0.0, right[name] / there[name])
        for name in (*FORMS, OTHER)
        if there[name] >= FEWEST
    ]


def gap(found: Sequence[Tradition]) -> float:
    """How far the best and the worst served tradition lie apart, in precision or in recall, whichever is more."""
    if not found:
        return 0.0
    sides = [[one.precision for one in found], [one.recall for one in found]]
    return max(max(side) - min(side) for side in sides)


def _whose(person: Mapping[int, str], named: Mapping[int, str]) -> dict[str, str]:
    """The naming tradition of each child, from all that their records say."""
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, who in person.items():
        said[who][named.get(number, "")] += 1 if number in named else 0
    return {who: max(names, key=lambda name: (names[name], name)) or OTHER for who, names in said.items()}
