"""``make`` is the one door, and the script behind it does nothing twice."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fanal.config.folders import project_folder

PROJECT = project_folder()
# Where a package index lives, whatever its name: locks must hold versions and digests alone.
ADDRESS = re.compile(r"://|--index-url|--find-links|--trusted-host")


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, looking at a project of its own in which nothing is installed."""
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "scripts" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", *(f"requirements/{one}.txt" for one in ("run", "dev", "peers"))):
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements" / "installer.txt").write_text("installer")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    return module


def _stamp(bootstrap: ModuleType, *names: str) -> None:
    bootstrap.STAMP.write_text(json.dumps({name: bootstrap.digest(name) for name in names}))


@pytest.mark.parametrize("version", [(3, 6), (3, 9), (3, 10)])
def test_an_older_python_is_refused_in_one_french_line(
    bootstrap: ModuleType, version: tuple[int, int]
) -> None:
    with pytest.raises(SystemExit, match=r"^Fanal demande Python 3\.11") as refused:
        bootstrap.refuse_old_python(version)

    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_recent_python_is_accepted(bootstrap: ModuleType, version: tuple[int, int]) -> None:
    assert bootstrap.refuse_old_python(version) is None


def test_nothing_is_installed_at_first(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_installed("run")


def test_what_was_installed_is_not_installed_again(bootstrap: ModuleType) -> None:
    _stamp(bootstrap, "run")

    assert bootstrap.is_installed("run")


def test_the_light_core_is_not_the_development_tools(bootstrap: ModuleType) -> None:
    _stamp(bootstrap, "run")

    assert not bootstrap.is_installed("dev")


def test_running_after_a_full_install_changes_nothing(bootstrap: ModuleType) -> None:
    _stamp(bootstrap, "dev")

    assert bootstrap.is_installed("run")


@pytest.mark.parametrize("name", ["requirements/run.txt", "pyproject.toml"])
def test_a_changed_requirement_is_installed(bootstrap: ModuleType, name: str) -> None:
    _stamp(bootstrap, "run")
    (bootstrap.PROJECT / name).write_text("something else")

    assert not bootstrap.is_installed("run")


def test_a_moved_project_is_installed_again(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stamp(bootstrap, "run")
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    monkeypatch.setattr(bootstrap, "PROJECT", moved)
    monkeypatch.setattr(bootstrap, "PYTHON", moved / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", moved / ".venv" / "stamp.json")

    assert not bootstrap.is_installed("run")
    moved.rename(tmp_path)


def test_the_script_needs_the_standard_library_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", PROJECT / "scripts" / "bootstrap.py", "nothing"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.startswith("Usage :")


def test_bare_make_explains_every_public_target() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)

    shown = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    assert {"run", "install", "test", "check", "lock"} <= set(explained)
    assert [name for name in explained if f"make {name} " not in shown] == []


@pytest.mark.parametrize("path", sorted((PROJECT / "requirements").iterdir()), ids=lambda p: p.name)
def test_locked_requirements_name_no_package_index(path: Path) -> None:
    assert not ADDRESS.search(path.read_text())


@pytest.mark.parametrize("name", ["run", "dev", "installer"])
def test_every_locked_requirement_has_its_digests(name: str) -> None:
    lines = (PROJECT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]

    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
