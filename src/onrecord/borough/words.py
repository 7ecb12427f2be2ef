"""What people say in the stories where a story does not say otherwise: short, plain, invented."""

from collections.abc import Mapping
from typing import Any

SAID: Mapping[str, dict[str, Any]] = {
    "intake.report_received": {
        "words": "She has a new phone and will not say who gave it to her. An older driver waits outside at three.",
        "concern": "sexual_exploitation",
        "danger_now": "no",
        "positions": "unknown",
        "setting": "school",
    },
    "intake.report_acknowledged": {"how": "phone"},
    "intake.decision_made": {
        "outcome": "assess",
        "concern": "other",
        "why": "The worry is specific and comes from somebody who sees the child every day.",
        "crime_alleged": "unknown",
        "tell_reporter": "We have read it and a social worker will see the child.",
    },
    "intake.referrer_told": {"told": "A social worker will see the child this week.", "how": "phone"},
    "linkage.known_before_answered": {"answer": "not_known", "why": "Names, birth date and pupil number compared."},
    "case.safe_contact_set": {
        "who": "The child, at school",
        "how": "school",
        "when": "Before three",
        "must_not_know": ["The stepfather, who reads every message"],
        "judged": "child",
    },
    "case.assessment_completed": {"outcome": "services"},
    "case.exploitation_assessed": {
        "level": "emerging",
        "happening": "Nothing known.",
        "could_happen": "Older adults offer lifts and gifts.",
        "coercion": "Does not say who gave the phone.",
        "judgement": "What the school saw and what was said to us agree.",
    },
    "case.strategy_discussion_held": {
        "present": ["childrens_social_care", "police", "health"],
        "outcome": "enquiry_together",
        "why": "Three agencies hold parts of the same picture.",
    },
    "case.conference_held": {"outcome": "plan"},
    "case.core_group_met": {},
    "case.meeting_held": {
        "sort": "informal",
        "group": "Young people and taxis group",
        "present": ["Tomasz Wolny", "Leanne McArdle", "Stuart Blackwell"],
        "children": 4,
    },
    "case.decisions_circulated": {"decisions": "Licensing checks two plates; the youth project speaks to both girls."},
    "case.minutes_recorded": {"minutes": "Four children were discussed. Two plates are checked by licensing."},
    "case.return_interview_held": {"held": "held", "said": "Was with people who are not to be named."},
    "case.pathway_plan_reviewed": {"housing": "settled", "plan": "Stays in the flat; college from September."},
    "case.look_back_done": {"outcome": "nothing_found", "found": "The closed episodes were read again."},
    "ledger.seconded": {"why": "I have read it and agree."},
    "ledger.declined": {"answer": "not_enough", "why": "The reason does not follow from what was recorded."},
    "duties.challenge_answered": {"answer": "The reason was withdrawn and the rule was explained."},
}
