"""Reaching a database, and refusing a role that would void row-level security."""

import psycopg
import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from fanal.config.database import (
    APPLICATION_URL,
    OWNER_URL,
    Addresses,
    BadAddress,
    DangerousRole,
    HalfNamed,
    OtherMigrations,
    Unreachable,
    connected,
    empty_database,
    pending_migrations,
    reach_database,
    refuse_dangers,
)
from fanal.config.postgres import APPLICATION, OWNER, TrialServer
from fanal.config.postgres.cluster import SUPERUSER


@pytest.fixture
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (APPLICATION_URL, OWNER_URL):
        monkeypatch.delenv(name, raising=False)


def _addresses(server: TrialServer, database: str, *, login: str) -> Addresses:
    return Addresses(
        application=server.login_url_for(database, login),
        owner=server.login_url_for(database, OWNER),
        private=False,
    )


def _as_superuser(server: TrialServer, database: str, *statements: str) -> None:
    url = server.login_url_for(database, SUPERUSER)
    with psycopg.connect(url, autocommit=True) as superuser:
        for statement in statements:
            superuser.execute(statement)  # type: ignore[arg-type]


def test_the_applications_own_role_is_accepted(trial_server: TrialServer, database: str) -> None:
    with psycopg.connect(trial_server.login_url_for(database, OWNER)) as owner:
        owner.execute("CREATE TABLE of_the_owner (id int)")

    refuse_dangers(_addresses(trial_server, database, login=APPLICATION))


def test_a_superuser_is_refused(trial_server: TrialServer, database: str) -> None:
    with pytest.raises(DangerousRole, match="superutilisateur"):
        refuse_dangers(_addresses(trial_server, database, login=SUPERUSER))


def test_the_role_of_the_migrations_is_refused(trial_server: TrialServer, database: str) -> None:
    with pytest.raises(DangerousRole, match="rôle des migrations"):
        refuse_dangers(_addresses(trial_server, database, login=OWNER))


def test_a_role_that_passes_by_row_security_is_refused(
    trial_server: TrialServer, database: str
) -> None:
    with pytest.raises(DangerousRole, match="contourne la sécurité par ligne"):
        refuse_dangers(_addresses(trial_server, database, login=OWNER))


def test_a_role_that_owns_a_table_is_refused(trial_server: TrialServer, database: str) -> None:
    _as_superuser(
        trial_server,
        database,
        "CREATE TABLE of_the_application (id int)",
        f"ALTER TABLE of_the_application OWNER TO {APPLICATION}",
    )

    with pytest.raises(DangerousRole, match=r"possède 1 table"):
        refuse_dangers(_addresses(trial_server, database, login=APPLICATION))


def test_a_role_that_can_become_the_owner_is_refused(
    trial_server: TrialServer, database: str
) -> None:
    # The tests' own login may take either role: exactly what a service must not have.
    with pytest.raises(DangerousRole, match="ou peut le prendre"):
        refuse_dangers(_addresses(trial_server, database, login="fanal_test"))


def test_a_database_that_does_not_answer_is_said_in_french(
    trial_server: TrialServer,
) -> None:
    url = trial_server.login_url_for("never_made", OWNER)

    with pytest.raises(Unreachable, match="ne répond pas"), connected(url):
        pass


def test_emptying_removes_every_table_and_lets_them_be_made_again(
    trial_server: TrialServer, database: str
) -> None:
    addresses = _addresses(trial_server, database, login=APPLICATION)
    with connected(addresses.owner) as owner:
        owner.execute("CREATE TABLE gone (id int)")

    empty_database(addresses)

    with connected(addresses.owner) as owner:
        assert owner.execute("SELECT to_regclass('gone')").fetchone() == (None,)
        owner.execute("CREATE TABLE gone (id int)")


@pytest.mark.usefixtures("no_address")
@pytest.mark.parametrize("name", [APPLICATION_URL, OWNER_URL])
def test_one_address_without_the_other_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "postgresql://role@machine/base")

    with pytest.raises(HalfNamed), reach_database(lambda _: None):
        pass


@pytest.mark.usefixtures("no_address")
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(APPLICATION_URL, "n'importe quoi")

    with pytest.raises(BadAddress, match=APPLICATION_URL), reach_database(lambda _: None):
        pass


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("app", ["access", "concerns"])
def test_a_database_of_other_migrations_is_refused_with_what_to_do(app: str) -> None:
    assert pending_migrations() == []
    MigrationRecorder(connections["owner"]).record_applied(app, "0007_of_another_version")

    with pytest.raises(OtherMigrations, match="make clean-var"):
        pending_migrations()
