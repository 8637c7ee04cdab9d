"""What an instance needs before it starts, and what tells the demonstration from a service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deadlines import deadline

Told = dict[str, object]
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


# Reads one environment a line; says, a line each, why production refuses to start in it.
REFUSED = """
import importlib, json, os, sys
for line in sys.stdin:
    for name in [one for one in sys.modules if one.startswith("fanal.config.settings")]:
        del sys.modules[name]
    os.environ.update(json.loads(line))
    try:
        importlib.import_module("fanal.config.settings.production")
    except Exception as refusal:
        print(refusal)
    else:
        print("started")
"""


def start(program: str, folder: Path, environment: dict[str, str], said: str = "") -> str:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FANAL_", "DATABASE_", "DJANGO_"))
    }
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=kept | environment | {"FANAL_STATE": str(folder)},
        input=said,
        capture_output=True,
        text=True,
        timeout=deadline(60),
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def told(settings: str, folder: Path, environment: dict[str, str]) -> Told:
    module = {"DJANGO_SETTINGS_MODULE": f"fanal.config.settings.{settings}"}
    answer: Told = json.loads(start(PROGRAM, folder, environment | module))
    return answer


def test_production_refuses_to_start_without_each_of_its_settings(tmp_path: Path) -> None:
    cases = [(name, left) for name in COMPLETE for left in ("", "  ")]
    environments = [json.dumps(COMPLETE | {name: left}) for name, left in cases]

    refusals = start(REFUSED, tmp_path, {}, said="\n".join(environments)).splitlines()

    assert refusals == [
        f"Le réglage {name} manque : renseignez-le avant de démarrer." for name, _ in cases
    ]


def test_a_port_that_is_no_number_is_refused_in_words(tmp_path: Path) -> None:
    ports = ["vingt-cinq", "-1", "2.5"]
    environments = [json.dumps(COMPLETE | {"FANAL_MAIL_PORT": port}) for port in ports]

    refusals = start(REFUSED, tmp_path, {}, said="\n".join(environments)).splitlines()

    assert refusals == ["Le réglage FANAL_MAIL_PORT doit être un nombre entier."] * len(ports)


def test_a_production_that_refuses_shows_no_secret(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import fanal.config.settings.production"],
        env=os.environ | COMPLETE | {"FANAL_MAIL_PORT": "x", "FANAL_STATE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=deadline(60),
        check=False,
    )

    assert ended.returncode != 0
    assert COMPLETE["FANAL_SECRET_KEY"] not in ended.stderr


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told("production", tmp_path_factory.mktemp("production"), COMPLETE)


def test_production_starts_closed_and_over_https(production: Told) -> None:
    settings = production

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


def test_a_service_is_no_demonstration_and_sends_its_mail(production: Told) -> None:
    settings = production

    assert settings["demonstration"] is False
    assert settings["FANAL_SERVICE"] == "Département inventé"
    assert str(settings["EMAIL_BACKEND"]).endswith("smtp.EmailBackend")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dev")


@pytest.fixture(scope="module")
def first(folder: Path) -> Told:
    return told("dev", folder, {"FANAL_SERVICE": ""})


@pytest.fixture(scope="module")
def again(folder: Path, first: Told) -> Told:
    return told("dev", folder, {"FANAL_SERVICE": "   "})


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told("dev", tmp_path_factory.mktemp("other"), {"FANAL_SERVICE": "Département inventé"})


def test_it_is_a_demonstration_until_a_service_answers_for_it(
    first: Told, again: Told, elsewhere: Told
) -> None:
    assert (first["demonstration"], again["demonstration"]) == (True, True)
    assert elsewhere["demonstration"] is False


def test_the_demonstration_sends_no_mail(first: Told) -> None:
    assert str(first["EMAIL_BACKEND"]).endswith("dummy.EmailBackend")


def test_a_machine_keeps_its_own_key_and_shows_it_to_nobody(
    first: Told, again: Told, folder: Path
) -> None:
    assert first["SECRET_KEY"] == again["SECRET_KEY"]
    assert len(str(first["SECRET_KEY"])) >= 50
    assert (folder / "secret-key").stat().st_mode & 0o077 == 0


def test_two_machines_have_two_keys(first: Told, elsewhere: Told) -> None:
    assert first["SECRET_KEY"] != elsewhere["SECRET_KEY"]
