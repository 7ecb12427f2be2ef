"""Who asks stands first in every question that knows who asks, so that no list is made before it is known for whom."""

import ast
from collections.abc import Iterator

from tests.house.tree import ROOT

PACKAGE = ROOT / "src" / "onrecord"
WHO = {"Viewer", "TrustedAdult"}


def questions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the files that ask, by file."""
    for path in sorted([*PACKAGE.glob("*/queries/*.py"), *PACKAGE.glob("*/queries.py")]):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(found, ast.FunctionDef):
                yield str(path.relative_to(PACKAGE)), found


def places(made: ast.FunctionDef) -> list[int]:
    """At which places somebody who asks stands among what a function is given. A method's own object is not given."""
    given = [one for one in (*made.args.posonlyargs, *made.args.args, *made.args.kwonlyargs) if one.arg != "self"]
    return [place for place, one in enumerate(given) if one.annotation and WHO & _types(one.annotation)]


def _types(annotation: ast.expr) -> set[str]:
    return set(ast.unparse(annotation).replace("'", "").split(" | "))


def test_who_asks_stands_first() -> None:
    found = [(path, made.name, places(made)) for path, made in questions() if places(made)]
    assert [(path, name) for path, name, where in found if where[0] != 0] == []
    assert len(found) > 60


def test_the_check_can_fail() -> None:
    made = ast.parse("def ask(now: int, viewer: 'Viewer | None') -> None: ...").body[0]
    assert isinstance(made, ast.FunctionDef)
    assert places(made) == [1]
