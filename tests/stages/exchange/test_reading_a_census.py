"""What the register keeps of a census, and every reason for which a file is refused whole."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.exchange.gateway import read_xml
from onrecord.exchange.rules import Census, CensusRefused, Fault, read_census
from onrecord.exchange.rules.codes import check_letter
from tests.stages.exchange.census import CENSUS, FIRST, HEADER, SECOND, line_of, spoilt, written

OF = "Northbrook Children's Services"


@pytest.fixture
def read(tmp_path: Path):
    def _read(text: str) -> Census:
        return read_census(read_xml(written(tmp_path, text)), OF)

    return _read


@pytest.fixture
def faults(read):
    def _faults(text: str) -> tuple[Fault, ...]:
        with pytest.raises(CensusRefused) as refusal:
            read(text)
        return refusal.value.faults

    return _faults


def test_several_episodes_become_one_line_of_the_register(read) -> None:
    fact = read(CENSUS).rows[0].fact
    assert fact.model_dump(exclude_none=True) == {
        "child": {"local_id": "INV0000001", "upn": "F999300114001", "born": date(2012, 1, 3), "sex": "F"},
        "source": "Northbrook Children's Services, Children in Need census 2026 (local authority 999)",
        "known_since": date(2024, 5, 6),
        "closed_on": date(2026, 2, 1),
        "need": "N1",
        "episodes": 2,
        "factors": ("10A", "11A"),
        "ethnicity": "NOBT",
        "listing": "first",
    }


def test_a_child_with_an_open_episode_is_not_closed(read) -> None:
    assert [row.fact.closed_on for row in read(CENSUS).rows] == [date(2026, 2, 1), None, None]


def test_an_unborn_child_is_recorded_without_a_birth_date_and_counted(read) -> None:
    census = read(CENSUS)
    assert (census.rows[1].fact.child.born, census.unborn) == (None, 1)
    assert census.warnings == ()


def test_a_referral_without_further_action_needs_no_need(read) -> None:
    assert read(CENSUS).rows[1].fact.need == "N0"


def test_the_older_element_for_sex_is_read(read) -> None:
    older = {"1": "M", "2": "F", "0": "U", "9": "U"}
    made = {code: read(spoilt(("<Sex>F</Sex>", f"<GenderCurrent>{code}</GenderCurrent>"))) for code in older}
    assert {code: census.rows[0].fact.child.sex for code, census in made.items()} == older
    assert [census.warnings for census in made.values()] == [(), (), (), ()]


def test_a_namespace_and_comments_change_nothing(read) -> None:
    other = spoilt(("<Message>", '<Message xmlns="http://example.org/cin">'), ("<UPN>", "<!-- a note --><UPN>"))
    assert read(other) == read(CENSUS)


def test_ids_follow_from_the_return_and_the_child(read) -> None:
    ids = [row.id for row in read(CENSUS).rows]
    assert ids == [row.id for row in read(spoilt(("N5", "N4"))).rows]
    for change in (
        ("<LEA>999", "<LEA>998"),
        (">2026-03-31<", ">2026-03-30<"),
        (">001<", ">002<"),
        (">2026<", ">2025<"),
    ):
        assert not set(ids) & {row.id for row in read(spoilt(change)).rows}


def test_the_check_letter_is_the_published_one() -> None:
    numbers = ["R372300114000", "R372300115001", "A123456789123", "A12345678912A"]
    assert [check_letter(number) for number in numbers] == ["R", "R", "P", "X"]


BROKEN = {
    "no child ID": (("<LAchildID>INV0000001</LAchildID>", ""), "LAchildID", "", "(8500)"),
    "an empty child ID": ((">INV0000001<", "> <"), "LAchildID", "", "(8500)"),
    "a child ID that is none": ((">INV0000001<", f">{'X' * 101}<"), "LAchildID", "X" * 101, "(1570 allows 20)"),
    "two child IDs": (("<UPN>", "<LAchildID>INV0000009</LAchildID><UPN>"), "LAchildID", "INV0000009", "twice"),
    "a short pupil number": ((">F999300114001<", ">F99930011400<"), "UPN", "F99930011400", "(1540, 1550)"),
    "a pupil number of words": ((">F999300114001<", ">not yet known<"), "UPN", "not yet known", "(1540, 1550)"),
    "a birthday that is none": ((">2012-01-03<", ">2012-02-30<"), "PersonBirthDate", "2012-02-30", "a real day"),
    "a birthday of another shape": ((">2012-01-03<", ">03/01/2012<"), "PersonBirthDate", "03/01/2012", "a real day"),
    "a birthday nobody remembers": ((">2012-01-03<", ">0212-01-03<"), "PersonBirthDate", "0212-01-03", "a real day"),
    "a birthday to come": ((">2012-01-03<", ">2026-04-01<"), "PersonBirthDate", "2026-04-01", "(8520)"),
    "a sex that is no code": (("<Sex>F<", "<Sex>X<"), "Sex", "X", "(4180)"),
    "a gender that is no code": (("<Sex>F</Sex>", "<GenderCurrent>3</GenderCurrent>"), "GenderCurrent", "3", "(4180)"),
    "no referral date": (("<CINreferralDate>2024-05-06</CINreferralDate>", ""), "CINreferralDate", "", "(8600)"),
    "a referral date that is none": ((">2024-05-06<", ">soon<"), "CINreferralDate", "soon", "a real day"),
    "closed before it was referred": ((">2024-09-01<", ">2024-05-05<"), "CINclosureDate", "2024-05-05", "(8630)"),
    "a need that is no code": ((">N5<", ">N10<"), "PrimaryNeedCode", "N10", "(8650)"),
    "a factor that is words": ((">11A<", ">see notes<"), "AssessmentFactors", "see notes", "such as 11A"),
    "a broken date elsewhere": (
        (">2024-05-08<", ">2024-05-88<"),
        "AssessmentActualStartDate",
        "2024-05-88",
        "a real day",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_planted_fault_is_told_with_child_line_element_value_and_rule(faults, name: str) -> None:
    change, element, value, rule = BROKEN[name]
    text = spoilt(change)
    (fault,) = faults(text)
    assert (fault.child, fault.element, fault.value) == (1, element, value)
    assert rule in fault.rule
    assert fault.line in range(line_of(text, "<Child>"), line_of(text, "</Child>") + 1)
    assert not value or f">{value}<" in text.splitlines()[fault.line - 1]


def test_a_child_without_identifiers_or_referrals_is_refused(faults) -> None:
    text = f"<Message>{HEADER}<Children><Child/></Children></Message>"
    assert [fault.element for fault in faults(text)] == ["LAchildID", "CINdetails"]


def test_one_child_twice_is_refused_by_both_places(faults) -> None:
    (fault,) = faults(spoilt(("INV0000003", "inv0000001")))
    assert (fault.child, fault.element, fault.value) == (3, "LAchildID", "inv0000001")
    assert "Child 1 has this one too" in fault.rule


def test_many_faults_are_told_at_once_in_the_order_of_the_file(faults) -> None:
    changes = [BROKEN[name][0] for name in ("a sex that is no code", "no referral date", "a need that is no code")]
    found = faults(spoilt(*changes, (">999<", ">99<"), ("<Sex>M<", "<Sex>Q<"), (">2026-01-15<", ">2026-01-32<")))
    assert [(fault.child, fault.element) for fault in found] == [
        (0, "LEA"),
        (1, "Sex"),
        (1, "CINreferralDate"),
        (1, "PrimaryNeedCode"),
        (2, "CINreferralDate"),
        (3, "Sex"),
    ]


@pytest.mark.parametrize(
    ("text", "element", "rule"),
    [
        (CENSUS.replace(HEADER, ""), "Header", "header"),
        (spoilt((">CIN<", ">SSDA903<")), "Collection", "must be CIN"),
        (spoilt((">999<", ">Northbrook<")), "LEA", "three digits"),
        (spoilt((">2026<", ">26<")), "Year", "four digits"),
        (spoilt((">2026-03-31<", ">2026-02-31<")), "ReferenceDate", "a real day"),
        (spoilt(("<ReferenceDate>2026-03-31</ReferenceDate>", "")), "ReferenceDate", "header"),
        (spoilt((">001<", ">first<")), "SerialNo", "digits"),
        (f"<Message>{HEADER}<Children/></Message>", "Children", "at least one child"),
        ("<html><body/></html>", "html", "Message"),
        (CENSUS.replace("Message>", "CINdetailsCollection>"), "CINdetailsCollection", "Message"),
        ("", "", "well-formed"),
        ("Child,Born\n1,2012-01-03\n", "", "well-formed"),
        (CENSUS[:1500], "", "well-formed"),
        ("<?xml version='1.0' encoding='nonsense'?>" + CENSUS, "", "well-formed"),
        ("<!DOCTYPE Message SYSTEM 'http://127.0.0.1:9/x.dtd'>" + CENSUS, "", "document type"),
    ],
)
def test_a_file_that_is_no_census_is_one_clear_fault(faults, text: str, element: str, rule: str) -> None:
    (fault,) = faults(text)
    assert (fault.child, fault.element) == (0, element)
    assert rule in fault.rule


def test_entities_are_never_followed(faults, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("INV-SECRET")
    entity = f'<!DOCTYPE Message [<!ENTITY own SYSTEM "{secret.as_uri()}">]>'
    (fault,) = faults(entity + spoilt((">INV0000001<", ">&own;<")))
    assert "INV-SECRET" not in str(fault)
    bomb = '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    assert len(faults(bomb + "]>" + spoilt((">INV0000001<", ">&j;<")))) == 1


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.exchange.gateway.LARGEST", 100)
    with pytest.raises(CensusRefused) as refusal:
        read_xml(written(tmp_path))
    assert "100 bytes" in refusal.value.faults[0].rule


ODD = {
    "(1510)": (">F999300114001<", ">A999300114001<"),
    "(1520)": ("<LAchildID>INV0000003</LAchildID>", "<LAchildID>INV0000003</LAchildID><UPN>F999300114001</UPN>"),
    "(1570)": (">INV0000001<", ">INV000000000000000000001<"),
    "(1580)": (">INV0000001<", ">INV-0000001<"),
    "(4180). It was read as F": ("<Sex>F<", "<Sex>2<"),
    "(4180). It was read as not known": ("<Sex>F</Sex>", ""),
    "(4220)": (">NOBT<", ">none<"),
    "(8525)": ("<Sex>F<", "<ExpectedPersonBirthDate>2012-02-01</ExpectedPersonBirthDate><Sex>F<"),
    "(8600)": (">2025-11-20<", ">2026-04-02<"),
    "(8610)": ("<PrimaryNeedCode>N5</PrimaryNeedCode>", ""),
    "This one was kept": (">11A<", ">25A<"),
    "between elements": ("<UPN>", "stray<UPN>"),
    "(100)": (">2026-03-31<", ">2026-03-30<"),
}


@pytest.mark.parametrize("rule", ODD)
def test_what_is_odd_is_read_and_said(read, rule: str) -> None:
    old, new = ODD[rule]
    changes = [(old, new), (">2026-02-01<", ">2026-04-03<")] if rule == "(8600)" else [(old, new)]
    if rule == "(1510)":
        assert read(CENSUS).warnings == ()
    census = read(spoilt(*changes))
    assert len(census.rows) == 3
    assert [rule in each.rule for each in census.warnings] == [True]


def test_text_of_another_child_never_moves_between_children(read) -> None:
    swapped = CENSUS.replace(FIRST, "@").replace(SECOND, FIRST).replace("@", SECOND)
    assert {row.id: row.fact for row in read(swapped).rows} == {row.id: row.fact for row in read(CENSUS).rows}
