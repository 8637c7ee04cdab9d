"""Who speaks to the database: said at the opening, forgotten at the end, restored in between."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import DatabaseError, connection

from fanal.ground.access.asking import NOBODY, acting_as, receiving_for, who_asks
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.territory.models import ChildWelfareAuthority

pytestmark = pytest.mark.django_db

SETTINGS = ("agent", "organisation", "purpose", "intake")


class Interrupted(Exception):
    """Something failed inside."""


def told() -> dict[str, str]:
    """What the database believes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"current_setting('fanal.{name}', true)" for name in SETTINGS)
        )
        return {
            name: value for name, value in zip(SETTINGS, cursor.fetchone(), strict=True) if value
        }


def speaks(agent: Agent, purpose: str = "desk") -> dict[str, str]:
    return {"agent": str(agent.pk), "purpose": purpose}


def test_nobody_asks_before_and_after(nadia: Agent) -> None:
    assert (who_asks(), told()) == (NOBODY, {})

    with acting_as(nadia):
        assert (who_asks().agent, told()) == (nadia, speaks(nadia))

    assert (who_asks(), told()) == (NOBODY, {})


def test_the_former_speaker_is_restored(nadia: Agent, paul: Agent) -> None:
    with acting_as(nadia):
        with acting_as(paul):
            assert told() == speaks(paul)
        assert (who_asks().agent, told()) == (nadia, speaks(nadia))


def test_the_former_speaker_is_restored_after_an_exception(nadia: Agent, paul: Agent) -> None:
    with acting_as(nadia):
        with suppress(Interrupted), acting_as(paul):
            raise Interrupted
        assert (who_asks().agent, told()) == (nadia, speaks(nadia))


def test_the_former_speaker_is_restored_after_the_database_refused(
    nadia: Agent, paul: Agent
) -> None:
    with acting_as(nadia):
        with suppress(DatabaseError), acting_as(paul), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert (who_asks().agent, told()) == (nadia, speaks(nadia))


def test_an_exception_undoes_what_was_done_inside(nadia: Agent) -> None:
    with suppress(Interrupted), acting_as(nadia):
        Agent.objects.filter(pk=nadia.pk).update(function="changée")
        raise Interrupted

    nadia.refresh_from_db()
    assert nadia.function == "fonction inventée"


def test_three_voices_are_restored_in_their_order(nadia: Agent, paul: Agent, ines: Agent) -> None:
    with acting_as(nadia), acting_as(paul):
        with suppress(Interrupted), acting_as(ines):
            with acting_as(None):
                assert told() == {"purpose": "desk"}
            assert told() == speaks(ines)
            raise Interrupted
        assert told() == speaks(paul)


def test_at_the_reception_desk_the_agent_stays_named(sofia: Agent, school: Organisation) -> None:
    nord = ChildWelfareAuthority.objects.get(pk="59")

    with acting_as(sofia, organisation=school):
        with receiving_for(nord) as asking:
            assert (asking.agent, asking.organisation) == (sofia, school)
            assert told() == {
                "agent": str(sofia.pk),
                "organisation": str(school.pk),
                "purpose": "intake",
                "intake": "59",
            }
        assert told() == {**speaks(sofia), "organisation": str(school.pk)}


def test_a_reception_desk_closes_the_one_it_was_opened_from(nadia: Agent) -> None:
    nord, south = (ChildWelfareAuthority.objects.get(pk=code) for code in ("59", "13"))

    with acting_as(nadia), receiving_for(nord):
        with receiving_for(south):
            assert told()["intake"] == "13"
        assert told()["intake"] == "59"


def test_an_organisation_s_software_speaks_without_an_agent(school: Organisation) -> None:
    with acting_as(None, organisation=school):
        assert told() == {"organisation": str(school.pk), "purpose": "desk"}


def test_scheduled_work_says_its_purpose() -> None:
    with acting_as(None, purpose=Purpose.ALARMS):
        assert told() == {"purpose": "alarms"}
