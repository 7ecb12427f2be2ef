"""An empty role that is said not to be needed any more: never where a rule in force needs it, and never by one."""

from datetime import datetime

from onrecord.access.facts import RoleFoundEmpty, VacancyAnswered
from onrecord.access.queries import agencies, post
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.rules.needed import needing
from onrecord.ledger.facts import Corrected, Saying
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import entries
from onrecord.rulebook.rules import local_day

NOT_NEEDED = "not_needed"
ANEW = "What is done about an empty role is not corrected. Say it anew, as an answer to the empty role."
INSTEAD = "Propose somebody for it, or say who does the work until then."


def check_vacancy(saying: Saying, now: datetime) -> None:
    """Raise Refused where an empty role is said not to be needed and a rule in force needs it.

    A correction is no way round: what is done about an empty role is said anew.
    """
    fact = saying.fact
    if isinstance(fact, Corrected) and fact.field == "how" and _answers_vacancy(saying):
        raise Refused((Wrong("field", "how", ANEW, "said anew"),))
    if isinstance(fact, VacancyAnswered) and fact.how == NOT_NEEDED:
        _check_not_needed(saying, now)


def _answers_vacancy(saying: Saying) -> bool:
    return any(isinstance(made.saying.fact, VacancyAnswered) for made in entries(saying.regarding))


def _check_not_needed(saying: Saying, now: datetime) -> None:
    law = rulebook_in_force(now)
    empty = [made.saying.fact for made in entries(saying.regarding)]
    for fact in empty:
        if law is None or not isinstance(fact, RoleFoundEmpty):
            continue
        if rules := needing(law, fact.role, agencies().get(fact.agency, ""), local_day(now, law.calendar)):
            words = f"The law needs it ({post(fact.role, fact.agency)}), for “{rules[0].title}”. {INSTEAD}"
            raise Refused((Wrong("how", NOT_NEEDED, words, "a role that no rule in force needs"),))
