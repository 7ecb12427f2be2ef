"""A rulebook sent as a zip file: read like its folder, or refused before anything in it does harm."""

import stat
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from onrecord.rulebook.gateway import LARGEST, RulebookRefused, read, read_zip, shipped
from onrecord.rulebook.gateway.bundle import LARGEST_FILE, MOST_FILES

RULES = {path.name: path.read_bytes() for path in sorted(shipped().glob("*.yaml"))}


def zipped(files: dict[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    """Some files as a zip."""
    made = BytesIO()
    with ZipFile(made, "w", how) as folder:
        for name, data in files.items():
            folder.writestr(name, data)
    return made.getvalue()


def linked(name: str, mode: int) -> bytes:
    """A zip in which one name is something else than a file."""
    info, made = ZipInfo(name), BytesIO()
    info.external_attr = (mode | 0o777) << 16
    with ZipFile(made, "w") as folder:
        folder.writestr(info, "/etc/passwd")
    return made.getvalue()


def refused(data: bytes) -> list[str]:
    """What is wrong with it: where, and the rule it breaks."""
    with pytest.raises(RulebookRefused) as caught:
        read_zip(data)
    return [f"{fault.place}: {fault.value}" for fault in caught.value.faults]


BESIDE = {"england/": b"", "__MACOSX/england/._a.yaml": b"x", "england/.DS_Store": b"x"}


@pytest.mark.parametrize(
    "files",
    [RULES, {f"england/{name}": data for name, data in RULES.items()} | BESIDE],
    ids=["the files", "their folder"],
)
def test_a_zip_reads_like_its_folder(files: dict[str, bytes]) -> None:
    assert read_zip(zipped(files)) == read(shipped())


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"../a.yaml": b"x"}, "../a.yaml: no file of a rulebook"),
        ({"/a.yaml": b"x"}, "/a.yaml: no file of a rulebook"),
        ({"a/b/c.yaml": b"x"}, "a/b/c.yaml: no file of a rulebook"),
        ({"a.py": b"x"}, "a.py: no file of a rulebook"),
        ({"A rule.yaml": b"x"}, "A rule.yaml: no file of a rulebook"),
        ({"one/a.yaml": b"x", "two/b.yaml": b"x"}, "two/b.yaml: a second folder, or the same name twice"),
        ({"a.yaml": b"x" * (LARGEST_FILE + 1)}, "a.yaml: too large"),
        ({f"a-{n}.yaml": b"x" for n in range(MOST_FILES + 1)}, "the file: more files than a rulebook has"),
    ],
)
def test_what_is_no_rulebook_is_refused(files: dict[str, bytes], told: str) -> None:
    assert refused(zipped(files)) == [told]


@pytest.mark.parametrize("how", [ZIP_BZIP2, ZIP_LZMA])
def test_what_cannot_be_counted_while_it_unpacks_is_refused(how: int) -> None:
    assert refused(zipped({"a.yaml": b"x" * 9_000_000}, how)) == ["a.yaml: packed in a way that cannot be counted"]


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_is_not_followed(mode: int) -> None:
    assert refused(linked("a.yaml", mode)) == ["a.yaml: a link, or something else than a file"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id: a-rule", zipped(RULES)[:-30]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert refused(data) == ["the file: damaged, locked, or no zip file"]


def test_a_zip_that_lies_about_what_it_holds_is_refused() -> None:
    data = bytearray(zipped({"a.yaml": b"x" * 1000}))
    where = data.find(b"PK\x01\x02") + 24
    data[where : where + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(data)) == ["the file: damaged, locked, or no zip file"]


def test_more_than_may_be_sent_is_not_opened() -> None:
    assert refused(b"x" * (LARGEST + 1)) == [f"the file: {LARGEST + 1} bytes"]


def test_faults_of_the_rules_are_told_as_for_a_folder() -> None:
    spoilt = RULES["assessment.yaml"].replace(b"nation: england", b"nation: wales")
    assert refused(zipped(RULES | {"assessment.yaml": spoilt})) == ["assessment.yaml: nation: 'wales'"]
    alone = zipped({"assessment.yaml": RULES["assessment.yaml"]})
    assert refused(alone) == ["calendar.yaml: No such file or directory"]


@pytest.mark.parametrize(
    "text",
    [b"a: &a [x, x]\n" + b"b: [" + b", ".join([b"*a"] * 11) + b"]\n", b"[" * 5000, b"a: !!python/object:os.system {}"],
    ids=["many aliases", "very deep", "an object"],
)
def test_a_text_that_would_grow_or_run_is_refused(text: bytes) -> None:
    with pytest.raises(RulebookRefused) as caught:
        read_zip(zipped(RULES | {"assessment.yaml": text}))
    (fault,) = caught.value.faults
    assert (fault.place, fault.rule) == ("assessment.yaml", "The file can be read as YAML, each key once.")
