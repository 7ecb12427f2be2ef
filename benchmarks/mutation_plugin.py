"""Inside pytest: every test runs once, to see which reaches what; then each mutant meets the tests that reach it.

One session for all, so that databases are made once. Each mutant lives in a child process of its own, with a limit of
time and of memory; the first test that fails has killed it. `benchmarks.mutation` starts this and says what is asked.
"""

import builtins
import importlib.util
import json
import os
import random
import resource
import signal
import sys
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
MOST_SECONDS, LONGER, MEMORY = 4.0, 2.0, 6 << 30
"""What the tests of one mutant take together without it at most; how many seconds longer one may take; its memory."""


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of pytest's own: once plainly, then once for each mutant."""
    if session.testsfailed:
        return True
    reach, seconds = _plainly(session)
    results = {}
    chosen = _chosen(FINDER.mutants)
    for count, mutant in enumerate(chosen, 1):
        tests = _affordable(reach[mutant.number], seconds)
        how = _met(session, mutant, tests, seconds) if tests else "not reached"
        results[mutant.name] = {"line": mutant.line, "how": how}
        if count % 25 == 0 or count == len(chosen):
            killed = sum(one["how"] in ("killed", "timeout") for one in results.values())
            print(f"{count} of {len(chosen)}: {killed} killed", file=sys.__stderr__, flush=True)
            Path(ASKED["out"]).write_text(json.dumps({"made": len(FINDER.mutants), "results": results}))
    return True


def _plainly(session: pytest.Session) -> tuple[dict[int, list[pytest.Item]], dict[str, float]]:
    """Which mutants each test reaches, and its seconds of CPU. A test that fails without a mutant is of no use."""
    reach, seconds = defaultdict(list), {}
    for item in session.items:
        RECORDER.reached.clear()
        start = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=Keep(session))  # type: ignore[arg-type]
        seconds[item.nodeid] = time.process_time() - start
        if any(report.failed for report in reports):
            print(f"fails by itself: {item.nodeid}", file=sys.stderr, flush=True)  # noqa: T201
            continue
        for number in RECORDER.reached:
            reach[number].append(item)
    return reach, seconds


def _chosen(mutants: list[Mutant]) -> list[Mutant]:
    """Those asked for: all, or as many as a short run takes, always the same for the same code."""
    wanted = [one for one in mutants if not ASKED["only"] or one.name in ASKED["only"]]
    if ASKED["most"] and ASKED["most"] < len(wanted):
        return sorted(random.Random(1).sample(wanted, ASKED["most"]), key=lambda one: one.number)  # noqa: S311
    return wanted


def _affordable(tests: list[pytest.Item], seconds: dict[str, float]) -> list[pytest.Item]:
    """The quickest first, until they have taken long enough."""
    chosen, spent = [], 0.0
    for item in sorted(tests, key=lambda one: seconds[one.nodeid]):
        if chosen and spent + seconds[item.nodeid] > MOST_SECONDS:
            break
        chosen.append(item)
        spent += seconds[item.nodeid]
    return chosen


def _met(session: pytest.Session, mutant: Mutant, tests: list[pytest.Item], seconds: dict[str, float]) -> str:
    """What became of a mutant in a child process."""
    from django.db import connections  # noqa: PLC0415  # Django is set up by the tests

    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "timeout"
        return {0: "survived", 1: "killed"}.get(os.WEXITSTATUS(status), "killed")
    try:
        os._exit(_lives(session, mutant, tests, seconds))
    finally:
        os._exit(1)


def _lives(session: pytest.Session, mutant: Mutant, tests: list[pytest.Item], seconds: dict[str, float]) -> int:
    """In the child: 1 with the first test that fails, 0 where none does."""
    from tests import databases  # noqa: PLC0415  # Django is set up by the tests

    databases._numbers = iter(range(mutant.number * 1000, mutant.number * 1000 + 999))  # type: ignore[assignment]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    setattr(builtins, SWITCH, mutant.number)
    for item in tests:
        signal.setitimer(signal.ITIMER_PROF, 2 * seconds[item.nodeid] + LONGER)
        signal.setitimer(signal.ITIMER_REAL, 20 * (seconds[item.nodeid] + LONGER))
        if any(one.failed for one in runtestprotocol(item, log=False, nextitem=Keep(session))):  # type: ignore[arg-type]
            return 1
    return 0
