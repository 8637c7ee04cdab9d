"""What everybody may read: one tier, and no word that nobody confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.prevent.spaces.models import PublicService, Service
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import CONFIRMABLE, TO_CONFIRM, Status, Tier
from prevent.spaces.places import ServiceFactory

pytestmark = pytest.mark.django_db
SECRET = {
    "phone": "03 20 99 99 99",
    "website": "https://cache.invalid",
    "address": "9 rue Cachée (invention)",
    "hours": "Mo-Fr 09:09-19:19",
    "description": "Un mot que personne n’a confirmé.",
}
RECORDS = st.fixed_dictionaries(
    {
        "tier": st.sampled_from(Tier.values),
        "status": st.sampled_from(Status.values),
        "state_number": st.booleans(),
        "verified": st.sets(st.sampled_from(CONFIRMABLE)).map(
            lambda names: dict.fromkeys(names, "2026-11-20")
        ),
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=st.lists(RECORDS, min_size=1, max_size=6))
def test_no_other_tier_and_no_unconfirmed_word_is_ever_read(
    db: None, records: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        made = [ServiceFactory(**SECRET, latitude=1.5, longitude=2.5, **one) for one in records]
        found = {one.pk: one for one in public_services()}
        for service in made:
            shown = found.pop(service.pk, None)
            here = service.status in (Status.ACTIVE, Status.CLOSED)
            assert (shown is not None) == (service.tier == Tier.PUBLIC and here)
            if shown is None:
                continue
            for name in TO_CONFIRM:
                known = name in service.verified or (name == "phone" and service.state_number)
                assert getattr(shown, name) == (SECRET[name] if known else "")
            assert (shown.latitude == 1.5) == ("address" in service.verified)
        assert not found
        transaction.set_rollback(True)


def test_nobody_reads_the_table_itself(nadia: Agent) -> None:
    ServiceFactory()
    assert public_services().count() == 1
    assert Service.objects.count() == 0
    with acting_as(nadia):
        assert Service.objects.count() == 0


@pytest.mark.parametrize("verb", ["insert", "update", "delete"])
def test_nothing_is_written_through_what_everybody_reads(verb: str) -> None:
    ref = ServiceFactory().ref
    statements = {
        "insert": "INSERT INTO spaces_public SELECT * FROM spaces_public",
        "update": "UPDATE spaces_public SET name = 'autre'",
        "delete": "DELETE FROM spaces_public",
    }
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements[verb])
    assert public_services().get().ref == ref


def test_the_view_has_every_field_of_what_everybody_reads() -> None:
    """A field added to one and not to the other would break each public page."""
    wanted = {field.column for field in PublicService._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM spaces_public LIMIT 0")
        assert {column.name for column in cursor.description} == wanted
    assert not {"tier", "source_key", "kept", "state_number"} & wanted
