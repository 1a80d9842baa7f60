"""The house keeps its shape: private rooms, SQL at home, one gate, small files, crash points everywhere."""

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from samvad.platform.crashpoints import Point
from tests.scheduling import LIVE, LONG
from tests.scheduling import ROOT as TESTS

SOURCES = Path(__file__).parents[1] / "src" / "samvad"

OPEN = {"service", "types", "errors", "rules"}  # what other rooms may import
WIRING = {"api router", "router deps", "api deps", "api once", "api schemas"}
FLOORS = {"", "api", "cli", "sandbox", "bootstrap", "workflows", "jobs", "platform", "kernel"}
SANDBOX_MAY = {"http", "settings", "logging"}  # of platform
OWNERS = {
    "aiohttp": "samvad.platform.http",
    "sqlalchemy": "samvad.platform.migrations",
    "alembic": "samvad.platform.migrations",
    "argon2": "samvad.tenancy.passwords",
    "phonenumbers": "samvad.kernel.phone",
    "pypdfium2": "samvad.knowledge.adapters",
    "docx": "samvad.knowledge.adapters",
    "openpyxl": "samvad.knowledge.adapters",
    "tokenizers": "samvad.knowledge.adapters",
    "numpy": "samvad.knowledge.adapters",
    "Stemmer": ("samvad.knowledge.rules", "samvad.assistant.rules"),
    "re2": ("samvad.kernel.phrases", "samvad.assistant.rules"),
}


def faults(graph: grimp.ImportGraph) -> Iterator[str]:
    for target in graph.modules:
        for source in graph.find_modules_that_directly_import(target):
            a, b = (f"{m}...".split(".") for m in (source, target))
            if b[0] != "samvad":
                if not source.startswith(OWNERS.get(b[0], "")):
                    yield f"owner: {source} -> {target}"
            elif a[1] == "sandbox" and b[1] not in {"sandbox", "kernel"} and b[2] not in SANDBOX_MAY:
                yield f"sandbox: {source} -> {target}"
            elif (
                b[1] not in FLOORS
                and a[1] not in (b[1], "bootstrap", "cli")
                and b[2] not in OPEN
                and not {f"{a[1]} {b[2]}", f"{a[2]} {b[2]}"} & WIRING
            ):
                yield f"private: {source} -> {target}"


def test_rooms_are_private() -> None:
    graph = grimp.build_graph("samvad", include_external_packages=True, cache_dir=None)
    assert not sorted(faults(graph))


def python_files() -> list[Path]:
    return sorted(SOURCES.rglob("*.py"))


def test_files_stay_small() -> None:
    lines = {path: len(path.read_text().splitlines()) for path in python_files()}
    schema = "versions"  # one version is one file
    long = {str(p.relative_to(SOURCES)): n for p, n in lines.items() if n > 300 and schema not in p.parts}
    assert not long


def test_sql_lives_in_repositories() -> None:
    verbs = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ")
    homes = ("repository", "migrations", "sandbox", "postgres", "db", "wakeups.py")
    found = [
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in python_files()
        if not any(home in str(path.relative_to(SOURCES)) for home in homes)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().startswith(verbs)
        and (" FROM " in node.value or " SET " in node.value or " INTO " in node.value)
    ]
    assert not [f for f in found if not f.startswith("bootstrap/engine.py")]


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


SUITE = "samvad.channels.testing"


def test_one_module_calls_a_provider() -> None:
    """The gate cannot be gone around: nothing but dispatch hands a message to an adapter, and the suite that
    tries adapters out, which nothing imports."""
    graph = grimp.build_graph("samvad", cache_dir=None)
    suite = graph.find_descendants(SUITE) | {SUITE}
    assert {by for one in suite for by in graph.find_modules_that_directly_import(one)} <= suite
    callers = {
        str(path.relative_to(SOURCES))
        for path in python_files()
        if "testing" not in path.parts
        for call in calls(path)
        if call.func.attr in ("send", "send_file") and "adapter" in ast.unparse(call.func.value)
    }
    assert callers == {"channels/service/dispatch.py"}


def test_only_the_gate_marks_a_row_sending() -> None:
    writers = {
        str(path.relative_to(SOURCES))
        for path in python_files()
        if "state = 'sending', attempts" in path.read_text()
    }
    assert writers == {"channels/repository/gate.py"}
    source = (SOURCES / "channels/repository/gate.py").read_text()
    assert source.count("SET state = 'sending'") == 1


HOT = ("channels/service/intake.py", "channels/service/sender.py", "workflows/inbound/worker.py",
       "workflows/reply/worker.py", "workflows/lifecycle.py", "knowledge/service/indexing.py",
       "knowledge/service/attempt.py", "channels/service/asking.py",
       "channels/service/polling.py", "channels/service/recalling.py")  # fmt: skip
OPENS = {"unit_of_work", "system", "system_statement"}
READ_ONLY = {"_round", "_renew", "_look"}  # they change nothing that a kill could lose, leases end anyway


def test_every_commit_of_the_hot_workflows_has_a_crash_point() -> None:
    bare = []
    for name in HOT:
        tree = ast.parse((SOURCES / name).read_text())
        for function in ast.walk(tree):
            if not isinstance(function, ast.AsyncFunctionDef) or function.name in READ_ONLY:
                continue
            for call in ast.walk(function):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr in OPENS
                    and not any(k.arg == "point" for k in call.keywords)
                ):
                    bare.append(f"{name}:{call.lineno} in {function.name}")
    assert not bare


@pytest.mark.parametrize("point", list(Point))
def test_every_crash_point_stands_in_the_code(point: Point) -> None:
    users = [
        p for p in python_files() if f"Point.{point.name}" in p.read_text() and p.name != "crashpoints.py"
    ]
    assert users, point


def test_the_tests_that_begin_first_are_there() -> None:
    assert [name for name in LONG if not (TESTS / name).exists()] == []


def test_whoever_talks_to_the_running_product_shares_one() -> None:
    found = {file for file in (TESTS / "web").glob("test_*.py") if "live_app:" in file.read_text()}
    assert found == {TESTS / name for name in LIVE}
