"""Every package that runs with OnRecord has a licence that fits AGPL-3.0-or-later."""

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT

FITTING = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
SPOKEN = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
# Where a package's own description says too little, and somebody has read its licence file.
READ = {"qrcode": "BSD-3-Clause"}


def running() -> list[str]:
    """The packages of requirements.lock that this machine's Python needs."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = [Requirement(entry.strip()) for entry in re.findall(r"^(\S+==[^\\\n]+)", lock, re.MULTILINE)]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def licences(name: str) -> set[str]:
    """Its licences as SPDX names, or in its own words where they are not known here."""
    if name in READ:
        return {READ[name]}
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return set(re.findall(r"[\w.\-]+", expression)) - {"AND", "OR", "WITH"}
    classified = [value.split(" :: ") for value in about.get_all("Classifier", [])]
    said = [parts[-1] for parts in classified if parts[0] == "License" and parts[-1] != "OSI Approved"]
    return {spdx(words) for words in said or [about.get("License") or "nothing"]}


def spdx(words: str) -> str:
    first = words.strip().splitlines()[0].strip()
    return SPOKEN.get(first.lower(), first)


@pytest.mark.parametrize("name", running())
def test_the_licence_fits(name: str) -> None:
    unknown = licences(name) - FITTING
    assert not unknown, f"{name} says its licence is {unknown}: read it, then allow it or drop it."


def test_the_check_can_fail() -> None:
    assert spdx("Proprietary\nAll rights reserved") not in FITTING
    assert spdx("MIT License") in FITTING
