"""A fault in plain words: what is wrong with an answer, and what to do. No library's own English."""

from dataclasses import replace

from onrecord.ledger.facts.declare import Fact
from onrecord.ledger.facts.wrong import Wrong
from onrecord.ledger.rules.shape import Part, Sort, find, parts

ADVICE = {
    Sort.DAY: "Give a real date, for example 27 3 2026.",
    Sort.WHOLE: "Give a whole number, for example 3.",
    Sort.CHOICE: "Choose one of the answers.",
    Sort.CHOICES: "Choose from the answers.",
    Sort.SHAPE: "Say at least one thing.",
    Sort.WHEN: "Say when, as far as you know.",
    Sort.ROWS: "Say at least one.",
}


def in_words(fact: type[Fact], fault: Wrong) -> Wrong:
    """The fault, worded for the part it is about, unless the field has its own words. A part of a field has none."""
    path = fault.field if find(parts(fact), fault.field) else fault.field.rpartition(".")[0]
    part = find(parts(fact), path)
    if part is None or (path in fact.model_fields and not _machine_made(part, fault)):
        return fault
    return replace(fault, message=f"{part.label.rstrip('?.')}: {_lower(_advice(part, fault))}")


def _machine_made(part: Part, fault: Wrong) -> bool:
    """Whether the message is only the field's label and a library's reason."""
    return fault.message == f"{part.label}: {fault.rule}."


def _advice(part: Part, fault: Wrong) -> str:
    if part.sort in ADVICE:
        return ADVICE[part.sort]
    if "at most" in fault.rule:
        return f"Use {20_000 if part.sort is Sort.WORDS else 300} characters or fewer."
    return "Write it again in plain text."


def _lower(advice: str) -> str:
    return advice[0].lower() + advice[1:]
