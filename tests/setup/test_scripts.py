"""The scripts say in one sentence why they cannot go on, and do nothing when nothing changed."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("setup", "run", "test", "check", "bench", "chaos")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files the scripts look at, in a folder with a space, without web app and environment."""
    place = tmp_path / "a checkout"
    for name in ("scripts", "requirements", ".ci"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


@pytest.fixture
def fakes(tmp_path: Path) -> Path:
    """A folder that goes first on PATH."""
    place = tmp_path / "bin"
    place.mkdir()
    return place


def program(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)


def run(
    *argv: str | Path, cwd: Path = Path("/"), first: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
    environment: Mapping[str, str] = {**own, **more}
    if first:
        environment = {**environment, "PATH": f"{first}:{os.environ['PATH']}"}
    return subprocess.run(
        [str(part) for part in argv], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def installed(checkout: Path, kind: str = "dev") -> None:
    """An environment as `scripts/setup` leaves it, whose python says what it was asked to do."""
    program(checkout / ".venv" / "bin" / "python", 'echo "python $*"')
    program(
        checkout / ".venv" / "bin" / "samvad",
        'echo "samvad $* demo=$SAMVAD_DEMO data=$SAMVAD_DATA_DIR in $PWD"',
    )
    stamp = run("sh", "-c", 'cksum "$@" | cksum', "sh", *stamped(checkout, kind)).stdout.strip()
    (checkout / ".venv" / ".stamp").write_text(f"{kind} {stamp}")


def stamped(checkout: Path, kind: str) -> tuple[Path, Path]:
    return checkout / "requirements" / f"{kind}.txt", checkout / "pyproject.toml"


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_old_python_is_named(checkout: Path, fakes: Path, script: str) -> None:
    program(fakes / "python3", "echo Python 3.9.2")
    done = run(checkout / "scripts" / script, first=fakes)
    assert done.returncode == 1
    assert last_line(done).startswith(
        "scripts/setup: Python 3.11 or newer is needed, and python3 is Python 3.9.2"
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("musl", "musl (Alpine) Linux is not supported"), ("bare", "install its venv package")],
)
def test_a_python_that_cannot_do_is_named(checkout: Path, fakes: Path, answer: str, sentence: str) -> None:
    program(fakes / "python3", f"echo {answer}", "exit 1")
    done = run(checkout / "scripts" / "setup", first=fakes)
    assert done.returncode == 1
    assert sentence in last_line(done)


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        (
            "NewConnectionError: Connection refused",
            "the network did not answer while installing the Python packages",
        ),
        (
            "OSError: [Errno 28] No space left on device",
            "the disk is full while installing the Python packages",
        ),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "a download differs from the hash in the lock"),
        ("ERROR: No matching distribution found", "a package is not available for this Python and machine"),
        ("Something else", "failed while installing the Python packages"),
    ],
)
def test_a_failed_download_is_explained(checkout: Path, fakes: Path, complaint: str, sentence: str) -> None:
    venv_python = checkout / ".venv" / "bin" / "python"
    program(venv_python, f"echo '{complaint}' >&2", "exit 2")
    program(fakes / "python3", "echo good")
    done = run(checkout / "scripts" / "setup", first=fakes)
    assert done.returncode == 1
    assert sentence in last_line(done)
    assert not (checkout / ".venv" / ".stamp").exists()


def test_a_broken_network_ends_quickly_in_one_sentence(checkout: Path) -> None:
    closed = "http://127.0.0.1:9/simple"
    done = run(
        checkout / "scripts" / "setup",
        PIP_INDEX_URL=closed,
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_CONFIG_FILE=os.devnull,
        PIP_NO_CACHE_DIR="1",
    )
    assert done.returncode == 1
    assert "the network did not answer" in last_line(done)


def test_nothing_is_done_when_nothing_changed(checkout: Path, fakes: Path) -> None:
    installed(checkout)
    program(fakes / "python3", "echo Python 3.9.2")
    for arguments in ((), ("--dev",)):
        done = run(checkout / "scripts" / "setup", *arguments, first=fakes)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("changed", ["requirements/dev.txt", "pyproject.toml"])
def test_a_changed_lock_is_noticed(checkout: Path, fakes: Path, changed: str) -> None:
    installed(checkout)
    with (checkout / changed).open("a") as file:
        file.write("# changed\n")
    program(fakes / "python3", "echo Python 3.9.2")
    assert run(checkout / "scripts" / "setup", "--dev", first=fakes).returncode == 1


def test_a_moved_checkout_is_set_up_anew(checkout: Path, fakes: Path) -> None:
    installed(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    program(fakes / "python3", "echo Python 3.9.2")
    assert run(moved / "scripts" / "setup", "--dev", first=fakes).returncode == 1


def test_run_passes_arguments_on_from_any_folder_and_through_a_link(checkout: Path, tmp_path: Path) -> None:
    installed(checkout)
    (tmp_path / "link").symlink_to(checkout / "scripts" / "run")
    done = run(tmp_path / "link", "--port", "8 0", cwd=tmp_path, SAMVAD_DATA_DIR="here")
    assert done.stdout.strip() == f"samvad up --port 8 0 demo=dairy data={tmp_path}/here in {checkout}"


@pytest.mark.parametrize(("line", "demo"), [("SAMVAD_DEMO=none", ""), ("OTHER=1", "dairy")])
def test_the_demo_of_a_dotenv_file_is_respected(checkout: Path, line: str, demo: str) -> None:
    installed(checkout)
    (checkout / ".env").write_text(f"{line}\n")
    assert f"demo={demo} " in run(checkout / "scripts" / "run").stdout


@pytest.mark.parametrize(
    ("script", "module"),
    [
        ("test", "pytest -n 4 --dist loadfile --no-loadscope-reorder"),
        ("bench", "benchmarks"),
        ("chaos", "chaos"),
    ],
)
def test_modules_get_the_arguments(checkout: Path, fakes: Path, script: str, module: str) -> None:
    installed(checkout)
    program(fakes / "chromium-headless-shell")
    done = run(checkout / "scripts" / script, "-k", "a b", first=fakes)
    assert done.stdout.strip().endswith(f"python -m {module} -k a b")


def test_a_web_app_that_cannot_be_built_stops_nothing(checkout: Path, fakes: Path) -> None:
    installed(checkout)
    (checkout / "web").mkdir()
    (checkout / "web" / "package.json").write_text("{}")
    program(fakes / "node", "exit 0")
    program(fakes / "npm", "[ $1 = --version ] || { echo 'npm error code ENOTFOUND'; exit 1; }")
    done = run(checkout / "scripts" / "setup", first=fakes)
    assert done.returncode == 0
    assert "the web app was not built" in last_line(done)
    assert "the network did not answer while installing the web packages" in error_of(checkout)


def test_the_web_app_is_built_only_when_its_sources_changed(checkout: Path, fakes: Path) -> None:
    installed(checkout)
    source = checkout / "web" / "src" / "main.ts"
    source.parent.mkdir(parents=True)
    (checkout / "web" / "package.json").write_text("{}")
    source.write_text("1")
    (checkout / "web" / ".build-error").write_text("an old reason")
    program(fakes / "node", "exit 0")
    program(
        fakes / "npm",
        '[ "$1" = --version ] && exit',
        "mkdir -p node_modules dist && touch dist/index.html",
        'echo "$*" >> ../calls',
    )
    calls = checkout / "calls"
    for text, wanted in (("1", ["ci", "run build"]), ("1", []), ("2", ["run build"])):
        source.write_text(text)
        calls.write_text("")
        assert run(checkout / "scripts" / "setup", first=fakes).returncode == 0
        assert [line.split(" --")[0] for line in calls.read_text().splitlines()] == wanted
    assert not (checkout / "web" / ".build-error").exists()


def error_of(checkout: Path) -> str:
    return (checkout / "web" / ".build-error").read_text()


def test_two_set_ups_at_once_take_turns(checkout: Path, fakes: Path) -> None:
    """The second finds the work done: the packages are installed once."""
    program(checkout / ".venv" / "bin" / "python", 'echo "$*" >> ../calls', "sleep 0.5")
    program(fakes / "python3", "echo good")
    environment = {**os.environ, "PATH": f"{fakes}:{os.environ['PATH']}"}
    both = [
        subprocess.Popen([checkout / "scripts" / "setup"], env=environment, cwd=checkout / "scripts")
        for _ in range(2)
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert len((checkout / "calls").read_text().splitlines()) == 2


@pytest.mark.parametrize(("check", "test", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1)])
def test_ci_ends_with_the_line_of_pytest_and_an_honest_code(
    checkout: Path, check: int, test: int, code: int
) -> None:
    program(checkout / "scripts" / "check", f"exit {check}")
    program(checkout / "scripts" / "test", "echo 3 passed in 0.1s", f"exit {test}")
    done = run(checkout / ".ci" / "run")
    assert done.returncode == code
    assert done.stdout.strip().splitlines()[-1] == "3 passed in 0.1s"


def test_nothing_names_a_package_registry() -> None:
    for path in (*(ROOT / "scripts").iterdir(), *(ROOT / "requirements").iterdir(), ROOT / ".ci" / "run"):
        assert "://" not in path.read_text(), path
