"""Whoever is not of this département's contact point never sees; a receipt tells nothing inside."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detect.watch.telling import LILLE, MARSEILLE, NOON, SAID, alerted, reader, told, with_code
from fanal.detect.watch import queries, use_cases
from fanal.detect.watch.models import AlertCount, AlertStep, AlertWord, LodgingAlert
from fanal.detect.watch.terms import Decision, Result, Seen, StepKind
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.errors import NotVisible, Refusal
from past import past
from rows import as_owner
from sizes import size

pytestmark = pytest.mark.django_db
TABLES = (LodgingAlert, AlertWord, AlertStep, AlertCount)
PLACES = {"59": LILLE, "13": MARSEILLE}


def rows_seen() -> int:
    return sum(model._default_manager.count() for model in TABLES)


@given(
    departement=st.sampled_from(["59", "13", "974", None]),
    role=st.sampled_from(list(Role)),
    kind=st.sampled_from(
        [OrganisationKind.POLICE, OrganisationKind.OTHER, OrganisationKind.SCHOOL]
    ),
    until=st.sampled_from([None, date(2020, 6, 1), date(2099, 1, 1)]),
)
@settings(
    max_examples=size(20, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_who_is_not_of_this_contact_point_today_sees_no_row(
    hugo: Agent, lena: Agent, departement: str | None, role: Role, kind: str, until: date | None
) -> None:
    """The database and the queries say the same, for every posting that can be."""
    with transaction.atomic():
        alerts = {code: alerted(commune) for code, commune in PLACES.items()}
        for one, agent in (("59", hugo), ("13", lena)):
            with acting_as(agent):
                use_cases.take_alert(agent=agent, ref=alerts[one].ref, now=NOON)
                use_cases.ask_more(agent=agent, ref=alerts[one].ref, text="?", now=NOON)
        with as_owner():
            for code in PLACES:
                AlertCount.objects.create(departement_id=code, month=date(2025, 1, 1), number=40)
        agent = reader(departement, role=role, until=until)
        service = agent.postings.get().organisation
        with as_owner():
            type(service).objects.filter(pk=service.pk).update(kind=kind)
        reads = (
            kind == OrganisationKind.POLICE
            and role == Role.CONTACT_POINT
            and until != date(2020, 6, 1)
        )
        mine = {departement} & set(PLACES) if reads else set()
        with acting_as(agent):
            seen = set(LodgingAlert.objects.values_list("departement_id", flat=True))
            assert seen == mine
            assert set(AlertCount.objects.values_list("departement_id", flat=True)) == mine
            # One alert, one word, two steps, one count of each département.
            assert rows_seen() == 5 * len(mine)
            assert {one.departement_id for one in queries.listed_alerts({"q": "lille"})} == mine
            for code, alert in alerts.items():
                if code not in mine:
                    with pytest.raises(NotVisible):
                        queries.read_alert(agent=agent, ref=alert.ref)
        transaction.set_rollback(True)


def test_nobody_asking_sees_no_row_and_the_functions_give_no_more(hugo: Agent) -> None:
    alert = alerted()
    assert rows_seen() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM watch_found('lille')")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT * FROM watch_receipt(%s)", [alert.ref])
        [row] = cursor.fetchall()
    assert SAID not in str(row)


def test_the_database_refuses_to_write_in_another_departement_or_to_change_what_was_told(
    hugo: Agent, lena: Agent
) -> None:
    alert = alerted()
    with acting_as(hugo):
        assert not AlertWord.objects.filter(alert=alert).update(number=9)
        assert not AlertStep.objects.filter(alert=alert).delete()[0]
        for change in ({"address": "ailleurs"}, {"departement_id": "13"}, {"signs": []}):
            with pytest.raises(DatabaseError), transaction.atomic():
                LodgingAlert.objects.filter(pk=alert.pk).update(**change)
    with acting_as(lena):
        assert not LodgingAlert.objects.filter(pk=alert.pk).update(state="taken")
        for row in (
            AlertWord(alert=alert, number=1, side="desk", text="x", at=NOON),
            AlertStep(alert=alert, number=1, kind="taken", by=lena, at=NOON),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save(force_insert=True)
    with acting_as(hugo), pytest.raises(DatabaseError), transaction.atomic():
        # In somebody else's name.
        AlertStep(alert=alert, number=1, kind="taken", by=lena, at=NOON).save(force_insert=True)
    with acting_as(hugo), pytest.raises(DatabaseError), transaction.atomic():
        # In the name of whoever wrote.
        AlertWord(alert=alert, number=1, side="writer", text="x", at=NOON).save(force_insert=True)


NOTE = st.text(alphabet="abcdefgh", min_size=12, max_size=20)
MOVES = st.lists(
    st.tuples(st.sampled_from(["qualify", "close", "take", "undo", "concern", "ask"]), NOTE),
    min_size=1,
    max_size=6,
)


@given(moves=MOVES, decision=st.sampled_from([Decision.TO_CHECK, Decision.NO_FOLLOW_UP]))
@settings(
    max_examples=size(15, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_receipt_never_shows_what_the_desk_writes_for_itself(
    hugo: Agent, moves: list[tuple[str, str]], decision: Decision
) -> None:
    """Whatever is done with it: its state, what was asked, and nothing else."""
    with transaction.atomic():
        alert, code = with_code(minor=Seen.YES)
        asked = []
        with acting_as(hugo):
            for deed, note in moves:
                try:
                    _play(deed, hugo, alert, note, decision)
                except Refusal:
                    continue
                if deed == "ask":
                    asked.append(note)
            stands = LodgingAlert.objects.get(pk=alert.pk)
        read = use_cases.open_receipt(typed=" ".join(code.words), now=NOON)
        assert [one.text for one in read.messages] == asked
        assert (read.state, read.number) == (stands.state, alert.receipt)
        said = repr([(one.text, one.at) for one in read.messages]) + read.number + read.state
        for deed, note in moves:
            assert deed == "ask" or note in asked or note not in said
        for secret in (SAID, hugo.name, Decision.NO_FOLLOW_UP.label, Result.NOTHING.label):
            assert secret not in said
        transaction.set_rollback(True)


def _play(deed: str, agent: Agent, alert: LodgingAlert, note: str, decision: Decision) -> None:
    about: dict[str, Any] = {"agent": agent, "ref": alert.ref, "now": NOON}
    if deed == "qualify":
        use_cases.qualify_alert(decision=decision, note=note, **about)
    elif deed == "close":
        use_cases.close_alert(result=Result.NOTHING, note=note, **about)
    elif deed == "take":
        use_cases.take_alert(**about)
    elif deed == "undo":
        use_cases.undo_last(**about)
    elif deed == "ask":
        use_cases.ask_more(text=note, **about)
    else:
        service = agent.postings.get().organisation
        use_cases.begin_concern(organisation=service, author={"author_name": note}, **about)


def test_a_platform_reads_its_own_alert_alone() -> None:
    from factories import OrganisationFactory

    reader("59")
    one, other = OrganisationFactory(), OrganisationFactory()
    platform = use_cases.Platform(one, "A-1", "x")
    use_cases.keep_alert(told=told(), sent=uuid4(), now=NOON, platform=platform)
    assert use_cases.receipt_of_platform(organisation=one, external_ref="A-1") is not None
    assert use_cases.receipt_of_platform(organisation=other, external_ref="A-1") is None
    assert use_cases.receipt_of_platform(organisation=one, external_ref="") is None


def test_steps_are_all_kept_and_undoing_gives_back_what_was(hugo: Agent) -> None:
    alert = alerted()
    with acting_as(hugo):
        about: dict[str, Any] = {"agent": hugo, "ref": alert.ref, "now": NOON}
        use_cases.qualify_alert(decision=Decision.NO_FOLLOW_UP, note="Rien.", **about)
        assert LodgingAlert.objects.get().state == "closed"
        use_cases.undo_last(**about)
        stands = LodgingAlert.objects.get()
        assert (stands.state, stands.decision, stands.result) == ("received", "", "")
        assert stands.closed_at is None
        with pytest.raises(use_cases.NothingToUndo):
            use_cases.undo_last(**about)
    kinds = [one.kind for one in past(AlertStep).order_by("number")]
    assert kinds == [StepKind.QUALIFIED, StepKind.UNDONE]


def test_the_contact_point_of_a_departement_alone_is_told(hugo: Agent, lena: Agent) -> None:
    today = NOON.date()
    assert [queries.readers_of(code, on=today) for code in ("59", "13")] == [[hugo], [lena]]
    assert [len(queries.contact_points(code, on=today)) for code in ("59", "13", "75")] == [1, 1, 0]
