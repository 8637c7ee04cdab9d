"""The minor moves: another authority follows, and only a stub stays."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from factories import NOON, GrantFactory, HolderFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Holder, Minor
from fanal.ground.territory.models import Commune
from fanal.protect.situations.events import SituationTransferred
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import ClosingReason, Ground, Status
from fanal.protect.situations.use_cases import reopen_situation, transfer_situation
from fanal.protect.situations.use_cases.closing import FollowedElsewhere
from fanal.protect.situations.use_cases.opening import NotSupervisor, ReasonMissing
from fanal.protect.situations.use_cases.transferring import NobodyThere, SameAuthority, SealedFile
from past import past
from protect.situations.following import begin, sees
from rows import as_owner

pytestmark = pytest.mark.django_db
MARSEILLE, LILLE, RENNES = "13055", "59350", "35238"


def send(
    agent: Agent, situation: Situation, commune: str = MARSEILLE, summary: str = "Mesure en cours."
) -> Situation:
    with acting_as(agent):
        return transfer_situation(
            agent=agent,
            ref=situation.ref,
            commune=Commune.objects.select_related("authority").get(code=commune),
            summary=summary,
            now=NOON,
        )


def arrived(agent: Agent) -> Situation:
    with acting_as(agent):
        return Situation.objects.select_related("referent", "received_from", "case_file").get()


def test_somebody_answers_there_at_once(ines: Agent, paul: Agent, followed: Situation) -> None:
    send(ines, followed)

    there = arrived(paul)
    assert (there.status, there.ground, there.referent) == (Status.OPEN, Ground.TRANSFER, paul)
    assert there.received_from == followed.authority
    assert there.case_file.authority_id == "13"
    assert past(Notification).filter(agent=paul, path__contains=str(there.ref)).exists()


def test_the_necessary_leaves_and_no_more(
    ines: Agent, claire: Agent, paul: Agent, followed: Situation, lea: Minor
) -> None:
    HolderFactory(case_file=lea.case_file, name="Mère Inventée")

    send(ines, followed, summary="Aide éducative en cours.")

    there = arrived(paul)
    with acting_as(paul):
        minor = Minor.objects.get()
        lines = list(Entry.objects.values_list("text", flat=True))
        assert Holder.objects.get(case_file=there.case_file).name == "Mère Inventée"
    assert (minor.given_names, minor.birth_date) == (lea.given_names, lea.birth_date)
    assert minor.commune_id == MARSEILLE
    assert len(lines) == 1
    assert "Aide éducative en cours." in lines[0]


def test_a_stub_stays_and_the_referent_sees_nothing_more(
    ines: Agent, claire: Agent, paul: Agent, followed: Situation
) -> None:
    stub = send(ines, followed)

    assert (stub.status, stub.closing_reason) == (Status.CLOSED, ClosingReason.TRANSFERRED)
    assert stub.transferred_to_id == "13"
    assert not sees(claire, followed)


def test_the_stub_s_screen_says_where_and_nothing_else(
    client: Client, ines: Agent, paul: Agent, followed: Situation
) -> None:
    send(ines, followed)
    client.force_login(ines)

    for screen in ("show", "people", "documents", "access"):
        page = client.get(reverse(f"situations:{screen}", args=[followed.ref])).content.decode()
        assert "Bouches-du-Rhône" in page
        assert "Léa" not in page
        assert "Danger constaté" not in page
    assert client.get(reverse("situations:dossier", args=[followed.ref])).status_code == 404


def test_neither_authority_sees_the_other_s_situation(
    ines: Agent, paul: Agent, followed: Situation
) -> None:
    send(ines, followed)

    there = arrived(paul)
    assert not sees(ines, there)
    assert not sees(paul, followed)


def test_an_authority_without_anybody_in_fanal_is_not_given_a_minor(
    ines: Agent, followed: Situation
) -> None:
    with pytest.raises(NobodyThere):
        send(ines, followed, RENNES)

    assert sees(ines, followed)


def test_the_same_authority_changes_the_referent_instead(ines: Agent, followed: Situation) -> None:
    with pytest.raises(SameAuthority):
        send(ines, followed, LILLE)


def test_a_transfer_says_what_is_needed(ines: Agent, paul: Agent, followed: Situation) -> None:
    with pytest.raises(ReasonMissing):
        send(ines, followed, summary=" ")


def test_the_referent_does_not_transfer(claire: Agent, paul: Agent, followed: Situation) -> None:
    with pytest.raises(NotSupervisor):
        send(claire, followed)
    with pytest.raises(NotVisible):
        send(paul, followed)


def test_what_was_transferred_is_not_reopened_here(
    ines: Agent, paul: Agent, followed: Situation
) -> None:
    send(ines, followed)

    with acting_as(ines), pytest.raises(FollowedElsewhere):
        reopen_situation(agent=ines, ref=followed.ref, reason="Retour", now=NOON)


def test_the_minor_may_be_followed_here_again_later(
    ines: Agent, claire: Agent, paul: Agent, followed: Situation, lea: Minor
) -> None:
    send(ines, followed)

    assert begin(ines, claire, lea).is_living


def announced() -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s", [SituationTransferred.task]
        )
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_the_rooms_above_are_told_in_the_same_transaction(
    ines: Agent, paul: Agent, followed: Situation
) -> None:
    with pytest.raises(SameAuthority):
        send(ines, followed, LILLE)
    assert announced() == []

    send(ines, followed)

    assert announced() == [{"situation_ref": str(followed.ref)}]


def test_a_sealed_file_does_not_leave_without_its_seal(
    ines: Agent, paul: Agent, followed: Situation
) -> None:
    GrantFactory(case_file=followed.case_file, agent=ines, starts_at=NOON)
    with as_owner():
        CaseFile.objects.filter(pk=followed.case_file_id).update(
            sealed_at=NOON, seal_reason="Proche d'un agent (invention)."
        )

    with pytest.raises(SealedFile):
        send(ines, followed)

    assert sees(ines, followed)
