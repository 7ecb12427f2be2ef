"""Forms made from facts. They show and carry what was typed; the fact class decides what may be recorded."""

from onrecord.ledger.forms.ask import Ask, Section
from onrecord.ledger.forms.form import FactForm, form_for
from onrecord.ledger.forms.why import WhyForm
from onrecord.ledger.forms.widgets import DayWidget, Declared, InlineRadios
from onrecord.ledger.rules.shape import csv_columns, fact_to_row, row_to_raw

__all__ = [
    "Ask",
    "DayWidget",
    "Declared",
    "FactForm",
    "InlineRadios",
    "Section",
    "WhyForm",
    "csv_columns",
    "fact_to_row",
    "form_for",
    "row_to_raw",
]
