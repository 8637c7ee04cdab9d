import pytest
from django.db import connection

from detect.concerns.inputs import NOW, parsed
from fanal.detect.concerns.models import Concern, Informant, Submission
from fanal.detect.concerns.terms import Status
from fanal.detect.concerns.use_cases import (
    complete_concern,
    send_concern,
    transfer_concern,
    withdraw_concern,
)
from fanal.detect.concerns.use_cases.additions import AlreadyWithdrawn, NothingAdded
from fanal.detect.concerns.use_cases.transfer import SameAuthority
from fanal.ground.access.asking import acting_as
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from fanal.ground.territory.queries import find_commune
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(school, sofia):
    content = parsed(
        other_minors=[{"given_names": "Tom", "age_estimate": 9}],
        holders=[{"name": "Parent Inventé"}],
    )
    with acting_as(sofia):
        return send_concern(
            content=content,
            commune=find_commune("59350"),
            organisation=school,
            agent=sofia,
            now=NOW,
        ).submission


def transfer(agent, commune="13055"):
    with acting_as(agent):
        concern = Concern.objects.get()
        transfer_concern(
            agent=agent,
            ref=concern.ref,
            commune=find_commune(commune),
            reason="Elle y vit.",
            now=NOW,
        )
        return concern.ref


def test_all_of_it_arrives_and_the_clock_goes_on(sent, nadia, paul):
    with acting_as(nadia):
        before = Concern.objects.get()
    transfer(nadia)

    with acting_as(paul):
        arrived = Concern.objects.get()
        assert arrived.receipt == before.receipt
        assert arrived.facts == before.facts
        assert arrived.evaluation_due == before.evaluation_due
        assert Informant.objects.get().name == "Sofia Inventée"
        assert arrived.other_minors.get().given_names == "Tom"
        assert Minor.objects.get().full_name == "Léa Inventée"
    assert past(Notification).filter(agent=paul).exists()


def test_the_authority_of_origin_keeps_a_stub_and_nothing_of_the_content(sent, nadia):
    transfer(nadia)

    with acting_as(nadia):
        stub = Concern.objects.get()
        assert (stub.status, stub.transferred_to_id) == (Status.TRANSFERRED, "13")
        assert not Informant.objects.exists()
        assert Minor.objects.get().full_name == "L. I."
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM concerns_concern c, concerns_concernstep s"
                " WHERE c::text LIKE '%Absences%' OR s::text LIKE '%Absences%'"
            )
            assert cursor.fetchone() == (0,)


def test_the_author_follows_the_transferred_concern_with_the_same_receipt(sent, nadia, sofia, paul):
    transfer(nadia)

    with acting_as(sofia):
        assert Submission.objects.get().authority_id == "13"
        complete_concern(agent=sofia, ref=sent.ref, text="Revue ce matin.", now=NOW)
    with acting_as(paul):
        assert Concern.objects.get().additions.get().text == "Revue ce matin."


def test_nobody_transfers_to_their_own_authority_or_what_they_do_not_see(sent, nadia, paul):
    with pytest.raises(SameAuthority):
        transfer(nadia, commune="59512")
    with acting_as(nadia):
        ref = Concern.objects.get().ref
    with acting_as(paul), pytest.raises(NotVisible):
        transfer_concern(
            agent=paul, ref=ref, commune=find_commune("13055"), reason="Motif.", now=NOW
        )


def test_a_withdrawal_is_a_wish_that_changes_no_state(sent, sofia, nadia):
    with acting_as(sofia):
        withdraw_concern(agent=sofia, ref=sent.ref, reason="Je me suis trompée.", now=NOW)
        with pytest.raises(AlreadyWithdrawn):
            withdraw_concern(agent=sofia, ref=sent.ref, reason="Encore.", now=NOW)
        with pytest.raises(NothingAdded):
            complete_concern(agent=sofia, ref=sent.ref, text=" ", now=NOW)

    with acting_as(nadia):
        assert Concern.objects.get().status == Status.RECEIVED


def test_only_its_author_adds_to_a_concern(sent, paul, nadia):
    for agent in (paul, nadia):
        with acting_as(agent), pytest.raises(NotVisible):
            complete_concern(agent=agent, ref=sent.ref, text="Faux.", now=NOW)
    with as_owner():
        assert not Concern.objects.get().additions.exists()
