"""Shut out, sealed, shared, broken open: the acts, and what each person sees afterwards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from factories import AgentFactory, GrantFactory, MinorFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import (
    AccessStep,
    BreakGlass,
    CaseFile,
    DisclosureRecord,
    Exclusion,
    Grant,
)
from fanal.ground.access.queries import transaction_began
from fanal.ground.access.reviewing import review_due
from fanal.ground.access.terms import DisclosureGround, ExclusionKind, Verdict
from fanal.ground.access.use_cases import (
    Written,
    answer_share,
    break_glass,
    exclude_agent,
    lift_exclusion,
    review_opening,
    seal_file,
    share_file,
    unseal_file,
    withdraw_share,
)
from fanal.ground.access.use_cases.glass import AlreadyOpen, AlreadyReviewed
from fanal.ground.access.use_cases.shares import (
    CannotReceive,
    ExemptionMissing,
    FieldNotOpened,
    NothingShared,
    TooLong,
)
from fanal.ground.access.use_cases.steps import NoRight, ReasonMissing
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.models import RuleOverride
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.notifications.reactions import glass_broken, holder_excluded
from fanal.ground.notifications.reminders import remind_reviewers
from fanal.ground.people.models import Minor
from fanal.ground.people.phonetics import plain
from fanal.ground.privacy.terms import Tag
from fanal.ground.territory.models import ChildWelfareAuthority
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


def posted(name: str, organisation: Organisation, role: str) -> Agent:
    agent = AgentFactory(name=f"{name} Inventé", email=f"{plain(name)}@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role=role)
    return agent


@pytest.fixture
def solene(nord: Organisation) -> Agent:
    return posted("Solène", nord, "controller")


@pytest.fixture
def file(lea: Minor, claire: Agent) -> CaseFile:
    """Léa's file, that Claire follows."""
    GrantFactory(case_file=lea.case_file, agent=claire)
    return lea.case_file


def sees(agent: Agent, file: CaseFile) -> bool:
    with acting_as(agent):
        return CaseFile.objects.filter(pk=file.pk).exists()


def jobs(name: str) -> list[dict[str, Any]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [name])
        return [json.loads(args) for (args,) in cursor.fetchall()]


def exclude(agent: Agent, file: CaseFile, excluded: Agent) -> None:
    with acting_as(agent):
        exclude_agent(
            agent=agent, ref=file.ref, excluded=excluded, kind=ExclusionKind.RELATIVE,
            reason="Tante de l'enfant (inventé).", now=transaction_began(),
        )  # fmt: skip


def test_whoever_is_shut_out_loses_the_file_at_once_and_never_learns_of_it(
    nadia: Agent, claire: Agent, ines: Agent, file: CaseFile
) -> None:
    assert sees(claire, file)
    exclude(nadia, file, claire)

    assert not sees(claire, file)
    with acting_as(claire):
        assert not Exclusion.objects.exists()
        assert not AccessStep.objects.exists()
        assert not Notification.objects.exists()
    assert not past(Grant).living(at=now() + timedelta(seconds=1)).filter(agent=claire).exists()
    holder_excluded(**jobs("access.holder_excluded")[0])
    assert set(past(Notification).values_list("agent", flat=True)) == {ines.pk}

    with acting_as(nadia):
        lift_exclusion(
            agent=nadia, ref=past(Exclusion).get().ref, reason="Erreur (inventée).", now=now()
        )
        assert AccessStep.objects.count() == 2
    assert not past(Exclusion).exists()
    assert not sees(claire, file), "the access by name does not come back"


def test_somebody_may_stand_aside(nadia: Agent, file: CaseFile) -> None:
    exclude(nadia, file, nadia)

    assert not sees(nadia, file)
    assert past(Exclusion).get().agent == nadia


def test_the_acts_belong_to_their_rights(claire: Agent, omar: Agent, file: CaseFile) -> None:
    for act in (
        lambda: exclude(claire, file, omar),
        lambda: seal(omar, file),
    ):
        with pytest.raises(NoRight):
            act()
    assert not past(Exclusion).exists()


def seal(agent: Agent, file: CaseFile, **more: Any) -> None:
    options = {"reason": "Enfant d'un élu (inventé).", "yields": False, "now": now()} | more
    with acting_as(agent):
        seal_file(agent=agent, ref=file.ref, **options)


def test_holding_a_sealed_file_by_name_does_not_lift_its_seal(
    ines: Agent, claire: Agent, file: CaseFile
) -> None:
    seal(ines, file)
    with pytest.raises(NoRight), acting_as(claire):
        unseal_file(agent=claire, ref=file.ref, reason="Gênant (inventé).", now=now())
    assert past(CaseFile).get(pk=file.pk).sealed_at is not None


def test_a_sealed_file_is_read_by_those_who_hold_it_by_name(
    ines: Agent, nadia: Agent, claire: Agent, file: CaseFile
) -> None:
    """Files read with it are sealed with it, and whoever sealed may open it again."""
    absorbed = MinorFactory(case_file__merged_into=file).case_file
    seal(ines, file)

    assert [sees(one, file) for one in (ines, claire, nadia)] == [True, True, False]
    assert [sees(one, absorbed) for one in (ines, nadia)] == [True, False]
    with pytest.raises(NotVisible), acting_as(nadia):
        unseal_file(agent=nadia, ref=file.ref, reason="non", now=now())
    with acting_as(ines):
        unseal_file(agent=ines, ref=file.ref, reason="Fin du mandat (inventé).", now=now())
    assert sees(nadia, file)
    keepers = past(Grant).filter(capacity="seal_keeper", ends_at__isnull=True)
    assert not keepers.exists()
    assert past(Trace).filter(deed__in=("access.seal", "access.unseal")).count() == 2


def written(receiver: Agent, **more: Any) -> Written:
    options: dict[str, Any] = {
        "ground": DisclosureGround.PROTECTION,
        "purpose": "Accueillir l'enfant au collège (inventé).",
        "fields": frozenset({Tag.IDENTITY, Tag.NARRATIVE}),
        "days": 30,
        "informed_parents": True,
        "informed_child": True,
        "texts": {Tag.NARRATIVE: "Reprise des cours trois jours sur cinq (inventé)."},
    }
    return Written(shared_with=receiver, **(options | more))


def share(agent: Agent, file: CaseFile, receiver: Agent, **more: Any) -> DisclosureRecord:
    with acting_as(agent):
        return share_file(
            agent=agent, ref=file.ref, written=written(receiver, **more), now=transaction_began()
        )


def test_a_share_shows_its_fields_and_nothing_else_until_it_ends(
    client: Client, claire: Agent, sofia: Agent, paul: Agent, file: CaseFile
) -> None:
    made = share(claire, file, sofia)
    page = reverse("access:read", args=[made.ref])

    client.force_login(sofia)
    shown = client.get(page).content.decode()
    assert "Léa Inventée" in shown
    assert "Reprise des cours" in shown
    assert "59350" not in shown
    assert "Lille" not in shown, "contact was not shared"
    assert not sees(sofia, file)
    client.force_login(paul)
    assert client.get(page).status_code == 404

    with acting_as(sofia):
        answer_share(agent=sofia, ref=made.ref, reply="Bien reçu.", returned=False, now=now())
    with acting_as(claire):
        assert DisclosureRecord.objects.get().reply == "Bien reçu."
        withdraw_share(agent=claire, ref=made.ref, reason="Fini (inventé).", now=now())
    client.force_login(sofia)
    assert client.get(page).status_code == 404
    assert set(past(Trace).filter(agent=sofia).values_list("deed", "case_file_ref")) >= {
        ("share.read", file.ref),
        ("share.receive", file.ref),
    }


def test_what_is_given_back_is_not_read_again(claire: Agent, sofia: Agent, file: CaseFile) -> None:
    made = share(claire, file, sofia)
    with acting_as(sofia):
        answer_share(agent=sofia, ref=made.ref, reply="", returned=True, now=now())
        assert not DisclosureRecord.objects.exists()


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"fields": frozenset({Tag.HEALTH})}, FieldNotOpened),
        ({"fields": frozenset({Tag.INFORMANT})}, FieldNotOpened),
        ({"fields": frozenset()}, NothingShared),
        ({"texts": {}}, NothingShared),
        ({"informed_child": False}, ExemptionMissing),
        ({"days": 91}, TooLong),
        ({"purpose": " "}, ReasonMissing),
    ],
)
def test_a_share_without_its_grounds_is_refused(
    claire: Agent, sofia: Agent, file: CaseFile, more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        share(claire, file, sofia, **more)
    assert not past(DisclosureRecord).exists()


def test_nothing_is_shared_with_whoever_the_file_shuts_out(
    nadia: Agent, claire: Agent, sofia: Agent, file: CaseFile
) -> None:
    """The share dies with the exclusion, and another cannot be made."""
    made = share(claire, file, sofia)
    exclude(nadia, file, sofia)

    with acting_as(sofia):
        assert not DisclosureRecord.objects.filter(pk=made.pk).exists()
    with pytest.raises(CannotReceive):
        share(claire, file, sofia)


def test_whoever_receives_cannot_rewrite_what_left(
    claire: Agent, sofia: Agent, file: CaseFile
) -> None:
    share(claire, file, sofia)
    with (
        acting_as(sofia),
        pytest.raises(DatabaseError, match="kept as it was"),
        transaction.atomic(),
    ):
        DisclosureRecord.objects.update(expires_at=now() + timedelta(days=400))


def opened(agent: Agent, file: CaseFile) -> BreakGlass:
    with acting_as(agent):
        return break_glass(
            agent=agent, ref=file.ref, reason="Fugue (inventée).", danger="Dort dehors (inventé).",
            hours=2, now=now(),
        )  # fmt: skip


@pytest.fixture
def malo(nord: Organisation) -> Agent:
    return posted("Malo", nord, "referent")


def test_breaking_the_glass_opens_alerts_and_is_reviewed_by_somebody_else(
    malo: Agent, ines: Agent, solene: Agent, file: CaseFile
) -> None:
    assert not sees(malo, file)
    opening = opened(malo, file)

    assert sees(malo, file)
    glass_broken(**jobs("access.glass_broken")[0])
    assert set(past(Notification).values_list("agent", "urgent")) == {
        (ines.pk, True),
        (solene.pk, True),
    }
    with pytest.raises(AlreadyOpen):
        opened(malo, file)
    assert remind_reviewers(now=now() + timedelta(days=2)) == 0
    assert remind_reviewers(now=now() + timedelta(days=4)) == 1
    assert past(Notification).filter(agent=solene).count() == 2
    for agent in (malo, ines):
        with pytest.raises(NotVisible), acting_as(agent):
            review_opening(
                agent=agent, ref=opening.ref, verdict=Verdict.JUSTIFIED, reason="oui", now=now()
            )
    with acting_as(solene):
        review_opening(
            agent=solene, ref=opening.ref, verdict=Verdict.NOT_JUSTIFIED, reason="non", now=now()
        )
        assert not sees(solene, file), "whoever reviews sees the act, never the file"
        with pytest.raises(AlreadyReviewed):
            review_opening(
                agent=solene, ref=opening.ref, verdict=Verdict.JUSTIFIED, reason="oui", now=now()
            )
    assert past(Trace).filter(deed="access.review", case_file_ref=file.ref).exists()


def test_the_hours_pass_and_the_file_closes(malo: Agent, file: CaseFile) -> None:
    opened(malo, file)
    past(Grant).filter(agent=malo).update(
        starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1)
    )

    assert not sees(malo, file)


def test_no_emergency_opens_what_shuts_out_or_a_firm_seal(
    nadia: Agent, ines: Agent, malo: Agent, paul: Agent, file: CaseFile
) -> None:
    with pytest.raises(NotVisible):
        opened(paul, file)
    seal(ines, file)
    with pytest.raises(NotVisible):
        opened(malo, file)
    with acting_as(ines):
        unseal_file(agent=ines, ref=file.ref, reason="inventé", now=now())
    seal(ines, file, yields=True)
    assert opened(malo, file)
    with acting_as(ines):
        unseal_file(agent=ines, ref=file.ref, reason="inventé", now=now())
    exclude(nadia, file, malo)
    with pytest.raises(NotVisible):
        opened(malo, file)


def test_an_opening_cannot_be_forged_in_raw_sql(malo: Agent, file: CaseFile) -> None:
    """Not a grant to oneself without the opening that will be reviewed."""
    with (
        acting_as(malo),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Grant.objects.create(
            case_file=file, agent=malo, capacity="break_glass", starts_at=now(),
            ends_at=now() + timedelta(days=900),
        )  # fmt: skip


def test_the_screen_finds_a_closed_file_by_the_child_s_name_and_says_nothing_otherwise(
    client: Client, malo: Agent, lea: Minor, file: CaseFile
) -> None:
    client.force_login(malo)
    typed = {
        "given_names": "Lea",
        "family_name": "inventée",
        "birth_date": "20/05/2011",
        "danger": "Inventé.",
        "reason": "Inventé.",
        "hours": "2",
    }
    unknown = client.post(reverse("access:glass"), typed | {"birth_date": "21/05/2011"})
    assert "Aucun dossier ne s" in unknown.content.decode()
    assert past(Trace).filter(deed="access.break_glass", outcome="refused").exists()

    answer = client.post(reverse("access:glass"), typed)
    assert answer.headers["Location"] == reverse("access:show", args=[file.ref])
    assert "L. I." in client.get(answer.headers["Location"]).content.decode()


def test_the_screens_of_a_file_open_to_its_people_alone(
    client: Client, ines: Agent, paul: Agent, solene: Agent, malo: Agent, file: CaseFile
) -> None:
    """Every screen answers its people, does its act, and is a 404 elsewhere."""
    posts = {
        "exclude": {"excluded": malo.email, "kind": "relative", "reason": "Inventé."},
        "share": {
            "shared_with": solene.email, "ground": "protection", "purpose": "Inventée.",
            "fields_shared": ["identity"], "days": "7", "informed_parents": "on",
            "informed_child": "on",
        },
        "seal": {"reason": "Inventé.", "yields": "on"},
        "unseal": {"reason": "Inventé."},
    }  # fmt: skip
    for name, typed in posts.items():
        address = reverse(f"access:{name}", args=[file.ref])
        client.force_login(paul)
        assert client.get(address).status_code == 404
        assert client.post(address, typed).status_code == 404
        client.force_login(ines)
        assert client.get(address).status_code == 200
        assert client.post(address, typed).status_code == 302, name
    read = past(Trace).filter(deed="access.read", subject_ref=file.ref, agent=ines)
    before = read.count()
    page = client.get(reverse("access:show", args=[file.ref])).content.decode()
    assert "Malo" in page
    assert read.count() == before + 1
    assert client.get(reverse("access:lift", args=[past(Exclusion).get().ref])).status_code == 200


def test_the_review_desk_lists_filters_and_exports(
    client: Client, malo: Agent, ines: Agent, solene: Agent, file: CaseFile
) -> None:
    opening = opened(malo, file)
    client.force_login(solene)

    for address in ("/bureau/", "/dossiers/controle/", "/dossiers/controle/?shown=awaiting"):
        assert "Malo Inventé" in client.get(address).content.decode(), address
    assert "Malo" not in client.get("/dossiers/controle/?shown=late").content.decode()
    assert str(file.ref) in client.get("/dossiers/controle/acces.csv").content.decode()
    address = reverse("access:review", args=[opening.ref])
    assert "Dort dehors" in client.get(address).content.decode()
    assert client.post(address, {"verdict": "justified", "reason": "Inventé."}).status_code == 302
    assert "Justifié" in client.get(address).content.decode()
    client.force_login(ines)
    assert client.get(address).status_code in (403, 404)


@pytest.mark.parametrize(
    ("authority", "opened_at", "late_from"),
    [
        # In Lille, and on the other side of the world where it is tomorrow already.
        ("59", datetime(2026, 3, 9, 20, 30, tzinfo=UTC), datetime(2026, 3, 12, 23, tzinfo=UTC)),
        ("974", datetime(2026, 3, 9, 20, 30, tzinfo=UTC), datetime(2026, 3, 13, 20, tzinfo=UTC)),
        # The night when clocks change has an hour less.
        ("59", datetime(2026, 3, 26, 9, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_a_review_is_due_in_whole_days_of_its_authority(
    db: None, authority: str, opened_at: datetime, late_from: datetime
) -> None:
    found = ChildWelfareAuthority.objects.get(pk=authority)

    assert review_due(authority=found, since=opened_at) == late_from


def test_an_authority_sets_its_own_time_for_reviews(db: None) -> None:
    nord = ChildWelfareAuthority.objects.get(pk="59")
    with as_owner():
        RuleOverride.objects.create(
            authority=nord,
            code=RuleCode.GLASS_REVIEW,
            amount=1,
            unit="days",
            article="protocole inventé",
            reason="essai",
            valid_from=date(2026, 1, 1),
        )

    due = review_due(authority=nord, since=datetime(2026, 3, 9, 9, tzinfo=UTC))

    assert due == datetime(2026, 3, 10, 23, tzinfo=UTC)
