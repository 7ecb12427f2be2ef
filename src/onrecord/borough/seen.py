"""What the people of the invented borough report: short, factual worries in the reporter's words."""

import re

WORRIES: dict[str, tuple[str, ...]] = {
    "hill-road": (
        "The same car waits at the gate most afternoons. She gets in without looking round.",
        "She has a second phone and it rings in lessons. She goes out when it does.",
        "He has missed eleven days this half term and says he is working for somebody.",
        "He was picked up twice this week by adults whom nobody at school knows.",
    ),
    "mere-bank": (
        "A friend says she meets an older man whom she calls her boyfriend. She is often too tired to stay awake.",
        "New trainers twice this month. At home they do not know where they come from.",
        "She asked a teacher whether a person has to go when a driver says so.",
        "He carries more money than before and two phones. He will not say for whom.",
    ),
    "saltergate": (
        "She was seen in a taxi at eleven in the morning with two adults nobody knows.",
        "He came in with a bruise and says that he fell. He asked not to be sent home early.",
        "She has stopped seeing her friends and will not say where she spends the weekends.",
        "Off school every Friday. A neighbour saw a train ticket to the coast.",
    ),
    "lantern": (
        "She says that lifts are arranged to parties in a flat, and that other girls go too.",
        "He owes money to older lads and was told how he can pay it back.",
        "She says a man from a takeaway gives her food and lets her sit in the back.",
        "Messages come at all hours from somebody who is said to be nineteen and sounds older.",
    ),
    "larch-house": (
        "She came back at five in the morning with money she could not explain.",
        "A car stops at the end of the drive and flashes its lights, and it is time to go out.",
        "He did not come back until Sunday. His coat is new and his own phone is gone.",
    ),
    "health": (
        "She came with an adult who answered every question for her. We asked to see her alone; she said no.",
        "Third visit in two months, and a different address each time.",
    ),
    "police": (
        "Found at night in a car park with two older males and a child from another school.",
        "Stopped at the station with somebody else's bank card and no ticket home.",
    ),
    "licensing": (
        "A driver says that a colleague often takes the same child to the retail park, unpaid.",
        "A passenger complained of a driver who gives out his private number to pupils. This child was named.",
    ),
}
REPORTERS: dict[str, str] = {
    "hill-road": "paul-hargate",
    "mere-bank": "yasmin-akhtar",
    "saltergate": "claire-dunstan",
    "lantern": "marcus-bright",
    "larch-house": "dorota-lis",
    "health": "esther-mwangi",
    "police": "leanne-mcardle",
    "licensing": "stuart-blackwell",
}
REPORT_WEIGHTS = (20, 18, 16, 14, 6, 10, 14, 2)
"""How often each of the reporters, in order, is the one who reports."""

CONCERNS = ("sexual_exploitation", "criminal_exploitation", "missing", "harm_at_home", "other", "not_sure")
CONCERN_WEIGHTS = (18, 10, 10, 34, 10, 18)
SETTINGS = ("school", "home", "public_place", "online", "vehicle", "unknown")
OUTCOMES = ("protect_now", "strategy_discussion", "assess", "send_to", "no_further_action")
OUTCOME_WEIGHTS = (4, 12, 36, 34, 14)
LOWERING = {
    "new_information": "The school spoke with the mother; the lifts are from an aunt.",
    "duplicate": "The same worry was reported on Monday and is being worked on.",
    "harm_not_found": "Enquiries are complete and nothing was found.",
}
SHE, HE = re.compile(r"\b(she|her)\b", re.IGNORECASE), re.compile(r"\b(he|his|him)\b", re.IGNORECASE)
LEVELS = ("none", "emerging", "moderate", "serious")


def worries(agency: str, sex: str) -> list[str]:
    """What an agency may report about a girl ("F") or a boy ("M")."""
    other = HE if sex == "F" else SHE
    return [words for words in WORRIES[agency] if not other.search(words)]
