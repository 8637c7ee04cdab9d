"""A backup of one installation on another one: read with two custodians of three, or not at all."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import override_settings

from config.backups.installations import Installation
from config.demonstration.world import answering
from factories import AgentFactory, ConcernFactory, OrganisationFactory
from fanal.config.backups.keys import secret_of
from fanal.config.backups.programs import program, running
from fanal.config.backups.restoring import Backup
from fanal.config.postgres import OWNER, TrialServer
from fanal.detect.concerns.models import Draft, Evaluation, Informant
from fanal.ground.privacy.sealing.envelope import MAGIC
from fanal.ground.privacy.sealing.fields import sealed_fields
from fanal.ground.privacy.sealing.keys import KeysLocked
from fanal.portal.rights.models import RightsRequest
from rows import as_owner

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
# What nobody may read in a copy, and one word in clear that shows that the copy was looked at.
SECRETS = {
    "informant": "Odile Scellée-Première",
    "contact": "07 00 00 00 77",
    "health": "Traitement inventé, rendez-vous du jeudi",
    "draft": "Elle dort dehors depuis mardi (inventé)",
    "asker": "Firmin Scellé-Second",
    "letter": "Lettre scellée à Firmin",
}
IN_CLEAR = "Collège témoin, lu en clair"


@dataclass(frozen=True)
class Rehearsal:
    first: Installation
    second: Installation
    shares: list[str]
    file: Path


@contextmanager
def working_at(place: Installation) -> Iterator[None]:
    """This very process, with the keys and the database of that installation."""
    keys = {
        "FANAL_KEY_KEEPER": "agent",
        "FANAL_KEYRING": place.keyring,
        "FANAL_KEY_SOCKET": place.socket,
    }
    with override_settings(**keys), answering(place.database):
        yield


def write_rows() -> None:
    with as_owner():
        agent, concern = AgentFactory(), ConcernFactory()
        school = OrganisationFactory(name=IN_CLEAR)
        Informant.objects.create(
            case_file=concern.case_file,
            concern=concern,
            kind="school",
            name=SECRETS["informant"],
            contact=SECRETS["contact"],
        )
        Evaluation.objects.create(
            case_file=concern.case_file,
            concern=concern,
            lead=agent,
            started_at=NOON,
            updated_at=NOON,
            health_and_school=SECRETS["health"],
        )
        draft = Draft(agent=agent, organisation=school, started_at=NOON, updated_at=NOON)
        draft.content = {"facts": SECRETS["draft"]}
        draft.save()
        RightsRequest.objects.create(
            authority_id="59",
            kind="access",
            asker="holder",
            asker_name=SECRETS["asker"],
            asker_contact=SECRETS["contact"],
            way="letter",
            received_on=NOON.date(),
            recorded_at=NOON,
            recorded_by=agent,
            due_on=NOON.date(),
            why_due="un mois",
            letter=SECRETS["letter"].encode(),
        )


def read_rows() -> dict[str, str]:
    with as_owner():
        asked, informant = RightsRequest.objects.get(), Informant.objects.get()
        assert asked.letter is not None
        return {
            "informant": informant.name,
            "contact": informant.contact,
            "health": Evaluation.objects.get().health_and_school,
            "draft": Draft.objects.get().content["facts"],
            "asker": asked.asker_name,
            "letter": bytes(asked.letter).decode(),
        }


@pytest.fixture(scope="module")
def rehearsal(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Rehearsal]:
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        places = []
        for name in ("first", "second"):
            database = f"rehearsal_{name}_{os.getpid()}"
            template = {"template": template_database} if name == "first" else {}
            trial_server.create_database(database, **template)
            stack.callback(trial_server.drop_database, database)
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fanal-"))
            places.append(Installation(trial_server, database, Path(folder)))
        first, second = places
        first.make_backup_key()
        shares = first.hold_ceremony()
        with first.agent_runs():
            for share in shares[:2]:
                assert first.run("keys", "unseal", typed=f"{share}\n").returncode == 0
            with working_at(first):
                write_rows()
                assert read_rows() == SECRETS
        file = first.folder / "one.fanal"
        made = first.run("backup", "create", file)
        assert made.returncode == 0, made.stderr
        # What a second machine is given: the file, and the key that seals it.
        second.backup_key.write_bytes(first.backup_key.read_bytes())
        second.backup_key.chmod(0o600)
        done = second.run("backup", "restore", file)
        assert done.returncode == 0, done.stderr
        yield Rehearsal(first, second, shares, file)


def test_two_custodians_of_three_read_it_on_another_machine(
    rehearsal: Rehearsal, django_db_blocker: Any
) -> None:
    second, shares = rehearsal.second, rehearsal.shares
    assert not second.keyring.exists()

    made = second.run("keys", "recover", typed=f"{shares[1]}\n{shares[2]}\n")

    assert made.returncode == 0, made.stderr
    assert "1 clé(s) publique(s)" in made.stderr
    with second.agent_runs(), django_db_blocker.unblock(), working_at(second):
        assert "fermées" in second.run("keys", "status").stdout
        second.run("keys", "unseal", typed=f"{shares[2]}\n")
        with pytest.raises(KeysLocked):
            read_rows()
        opened = second.run("keys", "unseal", typed=f"{shares[1]}\n")
        assert "Les clés sont ouvertes." in opened.stderr
        assert read_rows() == SECRETS
        # The year's rotation goes on from there, and what was restored goes with it.
        turned = second.run("keys", "rotate")
        assert turned.returncode == 0, turned.stderr
        assert read_rows() == SECRETS
        assert "-2" in second.run("keys", "status").stdout


def test_one_share_alone_or_of_another_ceremony_makes_nothing_again(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    second, (share, *_) = rehearsal.second, rehearsal.shares
    with tempfile.TemporaryDirectory(prefix="fanal-") as folder:
        stranger = Installation(second.server, second.database, Path(folder))
        others = stranger.hold_ceremony()
        before = stranger.keyring.read_bytes()
        for typed, line in (
            ((share, share), "deux parts différentes"),
            ((share, others[0]), "même cérémonie"),
            ((others[0], others[1]), "rien dans cette base n'est scellé"),
        ):
            refused = stranger.run("keys", "recover", typed="".join(f"{one}\n" for one in typed))

            assert refused.returncode == 2
            assert line in refused.stderr
        assert stranger.keyring.read_bytes() == before


def test_without_the_shares_nothing_readable_leaves(
    rehearsal: Rehearsal, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANAL_BACKUP_KEY", str(rehearsal.second.backup_key))
    sealed = rehearsal.file.read_bytes()
    backup = Backup(rehearsal.file, secret_of(None))
    dump = b"".join(backup.dump())

    said = as_text(dump, server=backup.manifest().server)
    plain = pg_dump(rehearsal.second)

    assert IN_CLEAR in said
    assert IN_CLEAR in plain
    assert IN_CLEAR.encode() not in sealed
    for secret in SECRETS.values():
        assert secret.encode() not in sealed + dump
        for text in (said, plain):
            assert secret not in text
            assert secret.encode().hex() not in text
    with django_db_blocker.unblock(), answering(rehearsal.second.database):
        assert not in_clear()


def as_text(dump: bytes, *, server: int) -> str:
    """What pg_restore makes of a dump, as SQL."""
    words = [program("pg_restore", server=server), "--file=-"]
    done = subprocess.run(words, input=dump, capture_output=True, check=True)
    return done.stdout.decode()


def pg_dump(place: Installation) -> str:
    """What whoever reaches the database takes with pg_dump, found and run as a backup does."""
    url = place.server.login_url_for(place.database, OWNER)
    with place.owner() as owner:
        server = owner.info.server_version // 10_000
    with running([program("pg_dump", server=server), "--format=plain"], url, feed=False) as output:
        return output.read().decode()


def in_clear() -> list[str]:
    """Sealed columns where something is not, of those of the whole house."""
    found = []
    for field in sealed_fields():
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {field.model._meta.db_table}"  # noqa: S608
                f" WHERE octet_length({field.column}) > 0"
                f" AND substring({field.column} FROM 1 FOR 3) <> %s",
                [MAGIC],
            )
            if cursor.fetchone() != (0,):
                found.append(str(field))
    return found
