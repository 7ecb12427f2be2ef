"""How a professional is asked for a report: short at first, with more folded for whoever knows more."""

from onrecord.intake.facts import ReportReceived
from onrecord.ledger.forms import Ask, form_for

CHILD = ("given_name", "family_name", "born", "described", "other_names", "sex", "phone", "postcode", "upn")
ASK = Ask(
    names=("child", "words", "concern", "danger_now", "must_not_know", "positions"),
    folded=("happened", "setting", "place", "vehicles", "phones", "reporter_contact"),
    fold_label="Add more, if you know it: when, where, cars, phones",
    labels={"reporter_contact": "How can we reach you about this?", "setting": "Where does it happen?"},
    only={"child": CHILD},
)

ReportForm = form_for(ReportReceived, ask=ASK)
"""What somebody who reports is asked."""
