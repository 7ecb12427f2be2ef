"""Inside pytest: every test runs once, to see which reaches what; then each mutant meets the tests that reach it.

One session for all, so that databases are made once. Each mutant lives in a child process of its own, with a limit of
time and of memory; the first test that fails has killed it. Tests that killed its neighbours are tried first. What a
child leaves in the installation's folder is taken back. `benchmarks.mutation` starts this and says what is asked; what
was found is written down as it is found, so that a run that was stopped goes on.
"""

import builtins
import gc
import importlib.util
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from benchmarks.mutants import SWITCH, Mutant, switched

ASKED = json.loads(os.environ["ONRECORD_MUTATION"])
OUT = Path(ASKED["out"])
MOST_SECONDS, LONGER, MEMORY = float(ASKED.get("seconds", 4)), 2.0, 6 << 30
"""What the tests of one mutant take together without it at most; how many seconds longer one may take; its memory."""
Results = dict[str, dict[str, Any]]


class Recorder:
    """Stands for the number of the mutant while there is none: notes which are reached."""

    def __init__(self) -> None:
        self.reached: set[int] = set()

    def __eq__(self, number: object) -> bool:
        self.reached.add(number)  # type: ignore[arg-type]
        return False

    __hash__ = None  # type: ignore[assignment]


class Switching(MetaPathFinder, Loader):
    """Imports the modules asked for with every change in them, switched off."""

    def __init__(self, modules: dict[str, str]) -> None:
        self.modules, self.mutants = modules, list[Mutant]()
        self.trees = {}
        for module, path in modules.items():
            tree, found = switched(Path(path).read_text("utf-8"), module, len(self.mutants) + 1)
            self.trees[module] = tree
            self.mutants += found

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Ours, if asked for."""
        if name not in self.modules:
            return None
        where = self.modules[name]
        below = [str(Path(where).parent)] if where.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(name, where, loader=self, submodule_search_locations=below)

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree."""
        exec(compile(self.trees[module.__name__], self.modules[module.__name__], "exec"), module.__dict__)  # noqa: S102


class Keep:
    """In the place of the next test: keeps what the whole session made, and nothing else."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[Any]:
        """The session alone."""
        return [self.session]


RECORDER = Recorder()
setattr(builtins, SWITCH, RECORDER)
FINDER = Switching(ASKED["modules"])
sys.meta_path.insert(0, FINDER)
settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], database=None, derandomize=True)
settings.load_profile("mutants")


class Ground:
    """The installation's folder that every test starts from: what a mutant leaves there is taken back."""

    def __init__(self, folder: Path, copy: Path) -> None:
        """Keep a copy of it as it is."""
        self.folder, self.copy = folder, copy
        shutil.copytree(folder, copy)
        self.was = self._stands()

    def again(self) -> None:
        """As it was."""
        if self._stands() == self.was:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.copy, self.folder, dirs_exist_ok=True)
        self.was = self._stands()

    def _stands(self) -> dict[str, tuple[int, int]]:
        found = [(str(path), path.lstat()) for path in self.folder.rglob("*") if not path.is_dir()]
        return {name: (stands.st_size, stands.st_mtime_ns) for name, stands in found}


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of pytest's own: once plainly, then once for each mutant."""
    if session.testsfailed:
        return True
    reach, seconds = _plainly(session)
    before, results = _before()
    chosen = _chosen(FINDER.mutants)
    asked = [one for one in chosen if one.name not in results]
    killers: dict[str, list[str]] = defaultdict(list)
    _without_connections()
    with tempfile.TemporaryDirectory() as copy:
        gc.collect()
        gc.freeze()  # a child that looks for cycles in all of it would copy all of it
        ground, start = Ground(Path(os.environ["ONRECORD_HOME"]), Path(copy) / "ground"), time.monotonic()
        for count, mutant in enumerate(asked, 1):
            near = killers[_function(mutant)]
            tests = _affordable(reach[mutant.number], seconds, [before.get(mutant.name, ""), *near[:3]])
            how, by = _met(session, mutant, tests, seconds) if tests else ("not reached", "")
            ground.again()
            if by:
                near[:] = [by, *(one for one in near if one != by)]
            results[mutant.name] = {"line": mutant.line, "how": how, "by": by}
            if count % 25 == 0 or count == len(asked):
                _write_down(results, chosen, before)
                _tell(results, count, len(asked), time.monotonic() - start)
    _write_down(results, chosen, before)
    return True


def _function(mutant: Mutant) -> str:
    """Where it is: module and function."""
    return mutant.name.partition(": ")[0]


def _before() -> tuple[dict[str, str], Results]:
    """Which test killed which mutant in earlier runs; and what was found already, if all is as it was."""
    if not OUT.exists():
        return {}, {}
    kept = json.loads(OUT.read_text())
    return kept["killers"], kept["results"] if kept["digest"] == ASKED["digest"] else {}


def _write_down(results: Results, chosen: list[Mutant], before: dict[str, str]) -> None:
    """All that is known, and of it what was asked for; whole, or not at all."""
    killers = before | {name: one["by"] for name, one in results.items() if one["by"]}
    asked = {one.name: results[one.name] for one in chosen if one.name in results}
    known = {"digest": ASKED["digest"], "killers": killers, "results": results, "asked": asked}
    draft = OUT.with_suffix(".new")
    draft.write_text(json.dumps(known, indent=0))
    draft.replace(OUT)


def _tell(results: Results, count: int, of: int, took: float) -> None:
    """How far it is, what was found, and the time that is left."""
    killed = sum(one["how"] in ("killed", "timeout") for one in results.values())
    left = round(took / count * (of - count) / 60)
    end = "\r" if count < of and os.isatty(2) else "\n"
    words = f"{count} of {of} mutants, {killed} of {len(results)} noticed, {left} minutes left "
    print(words, file=sys.__stderr__, flush=True, end=end)


def _plainly(session: pytest.Session) -> tuple[dict[int, list[pytest.Item]], dict[str, float]]:
    """Which mutants each test reaches, and its seconds of CPU. A test that fails without a mutant is of no use."""
    reach, seconds = defaultdict(list), {}
    for item in session.items:
        _forget()
        RECORDER.reached.clear()
        start = _spent()
        reports = runtestprotocol(item, log=False, nextitem=Keep(session))  # type: ignore[arg-type]
        seconds[item.nodeid] = _spent() - start
        if any(report.failed for report in reports):
            print(f"fails by itself: {item.nodeid}", file=sys.__stderr__, flush=True)
            continue
        for number in RECORDER.reached:
            reach[number].append(item)
    return reach, seconds


def _spent() -> float:
    """Seconds of CPU until now, with those of other processes that were started and have ended."""
    return sum(os.times()[:4])


def _forget() -> None:
    """Nothing that a changed module keeps in mind from one call to the next: it would hide what is changed."""
    for name in FINDER.modules:
        for one in list(vars(sys.modules[name]).values()) if name in sys.modules else ():
            if callable(forget := getattr(one, "cache_clear", None)):
                forget()


def _without_connections() -> None:
    """Nothing of a database is open, and nothing is kept beside its file."""
    from tests import databases  # noqa: PLC0415  # Django is set up by the tests

    databases.forget()


def _chosen(mutants: list[Mutant]) -> list[Mutant]:
    """Those asked for: all, or as many as a short run takes. Always in the same order, by chance: those that were tried
    when a run is stopped are a fair sample of all.
    """
    wanted = [one for one in mutants if not ASKED["only"] or one.name in ASKED["only"]]
    random.Random(1).shuffle(wanted)  # noqa: S311
    return wanted[: ASKED["most"] or None]


def _affordable(tests: list[pytest.Item], seconds: dict[str, float], first: Sequence[str]) -> list[pytest.Item]:
    """Those that are to be first, then the quickest, until they have taken long enough."""
    places = {name: place for place, name in reversed(list(enumerate(first)))}
    chosen: list[pytest.Item] = []
    spent = 0.0
    for item in sorted(tests, key=lambda one: (places.get(one.nodeid, len(first)), seconds[one.nodeid])):
        if chosen and spent + seconds[item.nodeid] > MOST_SECONDS and item.nodeid not in places:
            break
        chosen.append(item)
        spent += seconds[item.nodeid]
    return chosen


def _met(
    session: pytest.Session, mutant: Mutant, tests: list[pytest.Item], seconds: dict[str, float]
) -> tuple[str, str]:
    """What became of a mutant in a child process, and the test that noticed. Hanging is noticed too."""
    told, tells = os.pipe()
    child = os.fork()
    if not child:
        try:
            os._exit(_lives(session, mutant, tests, seconds, tells))
        finally:
            os._exit(1)
    os.close(tells)
    with os.fdopen(told) as said:
        reached = said.read().split()
    _, status = os.waitpid(child, 0)
    last = tests[int(reached[-1])].nodeid if reached else ""
    if os.WIFSIGNALED(status):
        return "timeout", last
    return ("survived", "") if os.WEXITSTATUS(status) == 0 else ("killed", last)


def _lives(
    session: pytest.Session, mutant: Mutant, tests: list[pytest.Item], seconds: dict[str, float], tells: int
) -> int:
    """In the child: 1 with the first test that fails, 0 where none does. The place of each is told as it begins."""
    from tests import databases  # noqa: PLC0415  # Django is set up by the tests

    databases._numbers = iter(range(mutant.number * 1000, mutant.number * 1000 + 999))  # type: ignore[assignment]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    setattr(builtins, SWITCH, mutant.number)
    for place, item in enumerate(tests):
        os.write(tells, f"{place} ".encode())
        _forget()
        signal.setitimer(signal.ITIMER_PROF, 2 * seconds[item.nodeid] + LONGER)
        signal.setitimer(signal.ITIMER_REAL, 20 * (seconds[item.nodeid] + LONGER))
        if any(one.failed for one in runtestprotocol(item, log=False, nextitem=Keep(session))):  # type: ignore[arg-type]
            return 1
    databases.forget()
    return 0
