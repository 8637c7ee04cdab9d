"""A machine without Java, or without Spark, says what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fanal.engines.spark.java import need_java
from fanal.engines.spark.refusals import SparkIsMissing
from fanal.engines.spark.session import session


def java(home: Path, said: str) -> Path:
    """Something that answers as Java does."""
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    return home


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No Java of this machine is found."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def test_no_java_is_said_with_what_to_install() -> None:
    with pytest.raises(SparkIsMissing, match=r"Java 17.*apt install openjdk-17-jre-headless"):
        need_java()


def test_a_home_of_java_without_java_is_no_java(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(SparkIsMissing, match="n'est pas installé"):
        need_java()


@pytest.mark.parametrize(
    ("said", "version"),
    [('java version "1.8.0_412"', "8"), ('openjdk version "11.0.25" 2024-10-15', "11"), ("?", "0")],
)
def test_an_old_java_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, version: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path / "home", said)))

    with pytest.raises(SparkIsMissing, match=f"celui-ci est en {version} "):
        need_java()


@pytest.mark.parametrize("said", ['openjdk version "17.0.21" 2026-10-20', 'java version "21"'])
def test_a_java_of_today_will_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    monkeypatch.setenv("PATH", str(java(tmp_path / "home", said) / "bin"), prepend=":")

    need_java()


def test_no_spark_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    with pytest.raises(SparkIsMissing, match=r"pip install 'fanal\[spark\]'"), session():
        pass
