"""Everything that the pages say where nobody signs in: what their templates, forms, rules and faults are made of."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from django.forms import BaseForm
from django.http import QueryDict
from django.template import Template
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode

from onrecord.duties.facts import DisagreementRaised, InstructionAnswered
from onrecord.intake.facts import ReportReceived
from onrecord.intake.forms import doors
from onrecord.intake.rules.doors import CHILD
from onrecord.ledger.forms import Section
from onrecord.ledger.forms.form import LOST
from onrecord.ledger.rules.wording import ADVICE
from onrecord.mailbox import forms as box
from onrecord.mailbox.facts import AnotherReaderAsked, ChildWrote
from onrecord.mailbox.views import box as asking
from onrecord.web.languages import numberless
from tests.house.tree import ROOT

TEMPLATES = ROOT / "src" / "onrecord" / "web" / "templates" / "onrecord"
MAILBOX = ROOT / "src" / "onrecord" / "mailbox" / "templates" / "mailbox"
OF_CHILDREN = ("add", "ask", "box", "buttons", "disputed", "empty", "fault", "more", "object", "progress", "said")
PYTHON = (
    "web/templatetags/spoken.py",
    "web/templatetags/gds.py",
    "web/markup.py",
    "web/easy.py",
    "web/wrong.py",
    "intake/forms/doors.py",
)
LITERAL = re.compile(r"""(?:\b_|\bgettext)\(\s*"([^"]+)"|{% translate "([^"]+)" %}""")
PLACE = re.compile(r"%\((\w+)\)s|{(\w+)}")
ADVISED = ("use {} characters or fewer.", "write it again in plain text.")
SHORTEN = "Shorten this: it has {} characters, of {} at most."
NOT_WORDS = {"", "Id"}


def messages() -> set[str]:
    """Every message. A plural is there as its first form."""
    found = {one for make in (_templates, _python, _questions, _forms, _mailbox, _faults) for one in make()}
    return found - NOT_WORDS


def places(message: str) -> list[str]:
    """The places in a message that are filled in."""
    return sorted("".join(found) for found in PLACE.findall(message))


def _templates() -> Iterator[str]:
    paths = [TEMPLATES / "public.html", TEMPLATES / "base.html", *sorted((TEMPLATES / "doors").glob("*.html"))]
    paths += [TEMPLATES / "components" / "form.html", TEMPLATES / "components" / "section.html"]
    paths += [MAILBOX / f"{name}.html" for name in OF_CHILDREN]
    for path in paths:
        text = path.read_text("utf-8")
        yield from ("".join(hit) for hit in LITERAL.findall(text))
        name = f"mailbox/{path.name}" if path.parent == MAILBOX else f"onrecord/{path.relative_to(TEMPLATES)}"
        made: Template = get_template(name).template  # type: ignore[attr-defined]
        for node in made.nodelist.get_nodes_by_type(BlockTranslateNode):
            said = str(node.render_token_list(node.singular)[0])  # type: ignore[attr-defined]
            yield re.sub(r"\s*\n\s*", " ", said).strip()


def _python() -> Iterator[str]:
    for path in PYTHON:
        text = (ROOT / "src" / "onrecord" / path).read_text("utf-8")
        yield from ("".join(hit) for hit in LITERAL.findall(text))
    yield from ("Day", "Month", "Year")


def _questions() -> Iterator[str]:
    for one in CHILD:
        yield from (one.title, one.says)
        yield from _said_by(doors.Telling(QueryDict(f"at={one.name}"), datetime(2026, 10, 5, 9, tzinfo=UTC)).form())


def _forms() -> Iterator[str]:
    for form in (doors.WorriedForm(), doors.WorkForm()):
        yield from _said_by(form)
        yield from (said for section in form.sections for said in _titles(section))
    yield from (said for form in (doors.Writer(), doors.Professional(), doors.Told()) for said in _said_by(form))


def _titles(section: Section) -> Iterator[str]:
    yield from (section.title, section.hint) if section.sort != "field" else ()
    for inner in section.inside:
        yield from _titles(inner)


def _said_by(form: BaseForm) -> Iterator[str]:
    for field in form.visible_fields():
        yield from (str(field.label), str(field.help_text))
        yield from (str(words) for code, words in getattr(field.field.widget, "choices", ()) if code)


def _mailbox() -> Iterator[str]:
    yield from (*box.DONE.values(), box.EMPTY, box.NOT_KEPT, box.DIFFERENT)
    yield from (asking.WRONG, asking.TOO_OLD)
    for choices in (box.CHOICES, InstructionAnswered.options("finding")):
        yield from (choices.offered.values() if choices else ())


def _faults() -> Iterator[str]:
    yield from (LOST, SHORTEN, *ADVISED, numberless(box.TOO_LARGE))
    yield from (numberless(advice[0].lower() + advice[1:]) for advice in ADVICE.values())
    for fact in (ReportReceived, ChildWrote, AnotherReaderAsked, DisagreementRaised):
        yield from (words for _, _, said, _ in fact.fields() for words in (said.missing, said.wrong))
