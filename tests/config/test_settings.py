"""What an instance needs before it starts, and what tells the demonstration from a service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMPLETE = {
    "FANAL_SERVICE": "Département inventé",
    "FANAL_SECRET_KEY": "une clé inventée, longue, pour cet essai et pour lui seul",
    "FANAL_HOSTS": "fanal.invalid,www.fanal.invalid",
    "FANAL_MAIL_HOST": "courrier.invalid",
    "DATABASE_URL": "postgresql://fanal_app@/fanal",
}
TOLD = (
    "DEBUG",
    "SECRET_KEY",
    "FANAL_SERVICE",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "EMAIL_BACKEND",
)
PROGRAM = f"""
import json
import django
from django.conf import settings
django.setup()
from fanal.ground.shell.context import nobody
told = {{name: getattr(settings, name, None) for name in {TOLD!r}}}
print(json.dumps(told | {{"demonstration": nobody()["demonstration"]}}))
"""


def start(
    settings: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FANAL_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=kept
        | environment
        | {
            "DJANGO_SETTINGS_MODULE": f"fanal.config.settings.{settings}",
            "FANAL_STATE": str(folder),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(settings: str, folder: Path, environment: dict[str, str]) -> dict[str, object]:
    ended = start(settings, folder, environment)
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, object] = json.loads(ended.stdout)
    return answer


@pytest.mark.parametrize("missing", COMPLETE)
@pytest.mark.parametrize("left", [None, "  "])
def test_production_refuses_to_start_without_each_of_its_settings(
    tmp_path: Path, missing: str, left: str | None
) -> None:
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    if left is not None:
        environment[missing] = left

    ended = start("production", tmp_path, environment)

    assert ended.returncode != 0
    assert f"Le réglage {missing} manque : renseignez-le avant de démarrer." in ended.stderr
    assert COMPLETE["FANAL_SECRET_KEY"] not in ended.stderr


def test_production_starts_closed_and_over_https(tmp_path: Path) -> None:
    settings = told("production", tmp_path, COMPLETE)

    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_HTTPONLY"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert settings["ALLOWED_HOSTS"] == ["fanal.invalid", "www.fanal.invalid"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == [
        "https://fanal.invalid",
        "https://www.fanal.invalid",
    ]


def test_a_service_is_no_demonstration_and_sends_its_mail(tmp_path: Path) -> None:
    settings = told("production", tmp_path, COMPLETE)

    assert settings["demonstration"] is False
    assert settings["FANAL_SERVICE"] == "Département inventé"
    assert str(settings["EMAIL_BACKEND"]).endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    ("service", "demonstration"), [("", True), ("   ", True), ("Département inventé", False)]
)
def test_it_is_a_demonstration_until_a_service_answers_for_it(
    tmp_path: Path, service: str, demonstration: bool
) -> None:
    settings = told("dev", tmp_path, {"FANAL_SERVICE": service})

    assert settings["demonstration"] is demonstration


def test_the_demonstration_sends_no_mail(tmp_path: Path) -> None:
    assert str(told("dev", tmp_path, {})["EMAIL_BACKEND"]).endswith("dummy.EmailBackend")


def test_a_machine_keeps_its_own_key_and_shows_it_to_nobody(tmp_path: Path) -> None:
    first = told("dev", tmp_path, {})["SECRET_KEY"]

    assert told("dev", tmp_path, {})["SECRET_KEY"] == first
    assert len(str(first)) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_two_machines_have_two_keys(tmp_path: Path) -> None:
    assert (
        told("dev", tmp_path / "one", {})["SECRET_KEY"]
        != told("dev", tmp_path / "other", {})["SECRET_KEY"]
    )


@pytest.mark.parametrize("port", ["vingt-cinq", "-1", "2.5"])
def test_a_port_that_is_no_number_is_refused_in_words(tmp_path: Path, port: str) -> None:
    ended = start("production", tmp_path, COMPLETE | {"FANAL_MAIL_PORT": port})

    assert ended.returncode != 0
    assert "Le réglage FANAL_MAIL_PORT doit être un nombre entier." in ended.stderr
