"""The server of the tests: one login, two roles, databases copied from a template."""

import psycopg
import pytest

from fanal.config.postgres import APPLICATION, OWNER, TrialServer


def test_a_test_takes_the_applications_role_and_no_more(
    trial_server: TrialServer, database: str
) -> None:
    with psycopg.connect(trial_server.url_for(database)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APPLICATION,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE forbidden (id int)")


def test_a_factory_takes_the_owners_role_for_one_transaction(
    trial_server: TrialServer, database: str
) -> None:
    with psycopg.connect(trial_server.url_for(database)) as connection:
        with connection.transaction():
            connection.execute(f"SET LOCAL ROLE {OWNER}")
            connection.execute("CREATE TABLE made (id int)")
        assert connection.execute("SELECT current_user").fetchone() == (APPLICATION,)


def test_a_copy_has_what_its_template_has(trial_server: TrialServer, database: str) -> None:
    with psycopg.connect(trial_server.login_url_for(database, OWNER)) as owner:
        owner.execute("CREATE TABLE seen AS SELECT 1 AS one")

    trial_server.create_database(f"{database}_copy", template=database)

    with psycopg.connect(trial_server.login_url_for(f"{database}_copy", OWNER)) as owner:
        assert owner.execute("SELECT one FROM seen").fetchone() == (1,)
    trial_server.drop_database(f"{database}_copy")
    assert not trial_server.has_database(f"{database}_copy")


def test_every_database_has_the_extensions(trial_server: TrialServer, database: str) -> None:
    with psycopg.connect(trial_server.url_for(database)) as connection:
        found = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}

    assert {"pg_trgm", "unaccent", "btree_gist"} <= found
