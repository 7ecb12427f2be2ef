"""A small invented census, and one place in it to be spoilt."""

from pathlib import Path

HEADER = """
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>
    </CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SerialNo>001</SerialNo></Source>
  </Header>"""

FIRST = """
    <Child>
      <ChildIdentifiers>
        <LAchildID>INV0000001</LAchildID><UPN>F999300114001</UPN>
        <PersonBirthDate>2012-01-03</PersonBirthDate><Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>NOBT</Ethnicity></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2024-05-06</CINreferralDate><ReferralSource>2A</ReferralSource>
        <PrimaryNeedCode>N5</PrimaryNeedCode><CINclosureDate>2024-09-01</CINclosureDate>
        <Assessments>
          <AssessmentActualStartDate>2024-05-08</AssessmentActualStartDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>11A</AssessmentFactors><AssessmentFactors>10A</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <ReferralNFA>0</ReferralNFA>
      </CINdetails>
      <CINdetails>
        <CINreferralDate>2025-11-20</CINreferralDate><ReferralSource>6</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2026-02-01</CINclosureDate>
        <ReferralNFA>0</ReferralNFA>
      </CINdetails>
    </Child>"""

SECOND = """
    <Child>
      <ChildIdentifiers>
        <LAchildID>INV0000002</LAchildID><ExpectedPersonBirthDate>2026-06-01</ExpectedPersonBirthDate><Sex>U</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2026-01-15</CINreferralDate><ReferralSource>3A</ReferralSource><ReferralNFA>1</ReferralNFA>
      </CINdetails>
    </Child>"""

THIRD = """
    <Child>
      <ChildIdentifiers>
        <LAchildID>INV0000003</LAchildID><PersonBirthDate>2011-07-08</PersonBirthDate><Sex>M</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>BCRB</Ethnicity></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2023-02-01</CINreferralDate><ReferralSource>1A</ReferralSource>
        <PrimaryNeedCode>N4</PrimaryNeedCode><CINclosureDate>2023-03-01</CINclosureDate><ReferralNFA>0</ReferralNFA>
      </CINdetails>
      <CINdetails>
        <CINreferralDate>2025-02-01</CINreferralDate><ReferralSource>1A</ReferralSource>
        <PrimaryNeedCode>N6</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
      </CINdetails>
    </Child>"""

CENSUS = f"<Message>{HEADER}\n  <Children>{FIRST}{SECOND}{THIRD}\n  </Children>\n</Message>\n"


def spoilt(*changes: tuple[str, str]) -> str:
    """The census with the first of each old text replaced by the new. The old must stand there."""
    made = CENSUS
    for old, new in changes:
        assert old in made, old
        made = made.replace(old, new, 1)
    return made


def line_of(text: str, mark: str) -> int:
    """The line, from 1, on which a mark first stands."""
    return text[: text.index(mark)].count("\n") + 1


def written(folder: Path, text: str = CENSUS, name: str = "census.xml") -> Path:
    """The census as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
