"""``make`` is the one door, and the script behind it does nothing twice."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from fanal.config.folders import project_folder

PROJECT = project_folder()
# Where a package index lives, whatever its name: locks must hold versions and digests alone.
ADDRESS = re.compile(r"://|--index-url|--find-links|--trusted-host")


@dataclass
class Machine:
    programs: dict[str, str] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    is_administrator: bool = False
    is_packaged: bool = True
    offers: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    ran: list[tuple[object, ...]] = field(default_factory=list)

    def can_run(self, *command: object) -> bool:
        """Whether this Python can import what is asked of it."""
        *_, words = map(str, command)
        return words.startswith("import ") and self.modules >= set(
            words.removeprefix("import ").split(", ")
        )

    def which(self, name: str) -> str | None:
        return self.programs.get(name)

    def install(self, packages: Iterable[str]) -> None:
        self.asked += packages
        for name in packages:
            if name not in self.offers:
                raise subprocess.CalledProcessError(100, "apt-get")
            if name.endswith("-venv"):
                self.modules |= {"ensurepip", "venv"}
            self.programs[name] = f"/usr/bin/{name}"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, looking at a project of its own in which nothing is installed."""
    monkeypatch.syspath_prepend(PROJECT / "scripts")
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
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


@pytest.fixture
def machine(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """One that has nothing, and where nothing may be installed."""
    found = Machine()
    monkeypatch.setattr(bootstrap, "works", found.can_run)
    monkeypatch.setattr(bootstrap.shutil, "which", found.which)
    monkeypatch.setattr(bootstrap, "run", lambda *command: found.ran.append(command))
    system = bootstrap.system_packages
    monkeypatch.setattr(system, "may_install", lambda: found.is_administrator)
    monkeypatch.setattr(system, "install", found.install)
    browser = bootstrap.browser_program
    monkeypatch.setattr(browser, "UNPACKED", bootstrap.VENV / "chromium")
    monkeypatch.setattr(browser, "DECIDED", bootstrap.VENV / "browser")
    monkeypatch.setattr(browser, "is_packaged", lambda: found.is_packaged)
    bootstrap.PYTHON.unlink()
    return found


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
        [sys.executable, "-E", "-s", "-S", PROJECT / "scripts" / "bootstrap.py", "nothing"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.startswith("Usage :")


VENV_PACKAGE = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def test_what_cannot_be_had_is_named_before_anything_is_done(
    bootstrap: ModuleType, machine: Machine
) -> None:
    machine.is_packaged = False

    with pytest.raises(SystemExit) as refused:
        bootstrap.bring_missing_packages("dev")

    line = f"sudo apt install {VENV_PACKAGE} chromium-headless-shell fonts-liberation"
    assert str(refused.value).endswith(f"À taper d'abord : {line}")
    assert len(str(refused.value).splitlines()) == 1
    assert machine.ran == []


def test_serving_asks_for_no_browser(bootstrap: ModuleType, machine: Machine) -> None:
    machine.is_packaged = False
    machine.modules = {"ensurepip", "venv"}

    bootstrap.bring_missing_packages("run")

    assert machine.asked == []


def test_an_administrator_types_nothing(bootstrap: ModuleType, machine: Machine) -> None:
    machine.is_administrator = True
    machine.offers = (VENV_PACKAGE, "chromium-headless-shell", "fonts-liberation")

    bootstrap.bring_missing_packages("dev")

    assert set(machine.asked) == set(machine.offers)
    assert bootstrap.missing_packages("dev") == {}


def test_packages_that_the_system_lacks_stop_only_who_cannot_do_without(
    bootstrap: ModuleType, machine: Machine
) -> None:
    machine.is_administrator = True
    machine.modules = {"ensurepip", "venv"}

    bootstrap.bring_missing_packages("dev")
    machine.is_packaged = False

    with pytest.raises(SystemExit, match="chromium-headless-shell"):
        bootstrap.bring_missing_packages("dev")


@pytest.mark.parametrize(
    ("modules", "programs", "begins"),
    [
        ({"ensurepip", "venv"}, {"uv"}, [sys.executable, "-m", "venv"]),
        ({"pip", "venv"}, set(), [sys.executable, "-m", "venv", "--without-pip"]),
        (set(), {"uv"}, ["uv", "venv"]),
        ({"pip"}, {"virtualenv"}, ["virtualenv"]),
    ],
)
def test_an_environment_is_made_with_what_there_is(
    bootstrap: ModuleType,
    machine: Machine,
    modules: set[str],
    programs: set[str],
    begins: list[str],
) -> None:
    machine.modules, machine.programs = modules, dict.fromkeys(programs, "/usr/bin/it")
    bootstrap.bring_missing_packages("run")

    bootstrap.make_environment()

    (command,) = machine.ran
    assert list(map(str, command))[: len(begins)] == begins


def test_a_pip_of_the_outside_fills_an_environment_that_has_none(
    bootstrap: ModuleType, machine: Machine
) -> None:
    machine.modules = {"pip", "venv"}

    assert [*bootstrap.pip()][:4] == [sys.executable, "-m", "pip", "--python"]


def test_the_browser_of_the_machine_is_the_one_that_tests_open(
    bootstrap: ModuleType, machine: Machine
) -> None:
    browser, written = bootstrap.browser_program, bootstrap.VENV / "browser"
    machine.programs = {"chromium": "/usr/bin/chromium"}
    assert not browser.is_decided()

    browser.decide()

    assert written.read_text() == "/usr/bin/chromium"
    assert browser.is_decided()
    machine.programs["chromium-headless-shell"] = "/usr/bin/chromium-headless-shell"
    assert not browser.is_decided()


def test_an_unpacked_browser_of_another_lock_is_unpacked_again(
    bootstrap: ModuleType, machine: Machine
) -> None:
    browser = bootstrap.browser_program
    browser.UNPACKED.mkdir()
    (browser.UNPACKED / "stamp").write_text(browser._digest())
    assert browser.found() == str(browser.UNPACKED / "launch")

    (browser.UNPACKED / "stamp").write_text("older")

    assert browser.found() == ""


def test_bare_make_explains_every_public_target() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)

    shown = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    assert {"run", "install", "test", "check", "lock"} <= set(explained)
    assert [name for name in explained if f"make {name} " not in shown] == []


@pytest.mark.parametrize("path", sorted((PROJECT / "requirements").iterdir()), ids=lambda p: p.name)
def test_locked_requirements_name_no_package_index(path: Path) -> None:
    assert not ADDRESS.search(path.read_text())


@pytest.mark.parametrize("folder", ["scripts/headless", "tests/identity"])
def test_locked_packages_of_node_say_no_address_and_all_their_digests(folder: str) -> None:
    packages = json.loads((PROJECT / folder / "package-lock.json").read_text())["packages"]
    locked = {name: said for name, said in packages.items() if name}

    assert locked
    assert [name for name, said in locked.items() if "resolved" in said] == []
    assert [name for name, said in locked.items() if "integrity" not in said] == []


@pytest.mark.parametrize("name", ["run", "dev", "installer"])
def test_every_locked_requirement_has_its_digests(name: str) -> None:
    lines = (PROJECT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]

    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
