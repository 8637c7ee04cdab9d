"""Who alerted is found nowhere by those who follow the minor."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from factories import GrantFactory
from fanal.detect.concerns.models import Concern, Informant
from fanal.detect.reports.models import Report, ReportInformant
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.documents.models import Document
from ground.documents.printed import text_of
from rows import as_owner

pytestmark = pytest.mark.django_db

TELLTALES = ("Aline Introuvable", "vigie des Tilleuls", "aline.introuvable@fanal.invalid")


@pytest.fixture
def concern(concern: Concern) -> Concern:
    name, function, contact = TELLTALES
    informant = concern.informant
    informant.name, informant.function, informant.contact = name, function, contact
    with as_owner():
        informant.save()
    return concern


@pytest.fixture
def referent(claire: Agent, sent: Report) -> Agent:
    GrantFactory(case_file=sent.case_file, agent=claire, capacity="referent")
    return claire


def tables_telling(agent: Agent) -> set[str]:
    """Every table of the database in which the agent reads one of the telltales."""
    telling = set()
    with acting_as(agent), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind = 'r' AND nspname = 'public'"
        )
        for (table,) in cursor.fetchall():
            query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE ANY(%s)")
            wanted = [f"%{one}%" for one in TELLTALES]
            cursor.execute(query.format(sql.Identifier(table)), [wanted])
            if cursor.fetchone() != (0,):
                telling.add(table)
    return telling


def test_the_referent_reads_who_alerted_in_no_table(referent: Agent) -> None:
    assert tables_telling(referent) == set()


def test_the_crip_and_the_parquet_read_it_where_it_stands(
    sent: Report, nadia: Agent, julien: Agent
) -> None:
    name, function, contact = TELLTALES
    with acting_as(nadia):
        told = Informant.objects.get(concern=sent.concern)
        assert (told.name, told.function, told.contact) == TELLTALES
    for reader in (nadia, julien):
        with acting_as(reader):
            kept = ReportInformant.objects.get(report=sent)
            assert str(kept) == f"{name}, {function}, {contact}"
    with acting_as(julien):
        assert not Informant.objects.exists()
    # Sealed: the database itself tells nobody, its owner included.
    with as_owner():
        assert tables_telling(nadia) | tables_telling(julien) == set()


def test_the_referent_reads_who_alerted_in_no_document(client: Client, referent: Agent) -> None:
    with acting_as(referent):
        refs = list(Document.objects.values_list("ref", flat=True))
    client.force_login(referent)

    texts = [text_of(client.get(reverse("documents:download", args=[ref])).content) for ref in refs]

    assert len(texts) == 1
    assert "contusions au bras" in texts[0]
    assert [one for one in TELLTALES for text in texts if one in text] == []


def test_the_referent_does_not_open_the_whole_letter(
    client: Client, referent: Agent, sent: Report
) -> None:
    client.force_login(referent)

    assert client.get(reverse("reports:letter", args=[sent.ref])).status_code == 403
    with acting_as(referent), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reports_reportletter")
        assert cursor.fetchone() == (0,)


def test_the_parquet_reads_who_alerted_on_its_screen_and_in_the_letter(
    client: Client, julien: Agent, sent: Report
) -> None:
    client.force_login(julien)

    page = client.get(reverse("reports:answer", args=[sent.ref])).content.decode()
    letter = text_of(client.get(reverse("reports:letter", args=[sent.ref])).content)

    for telltale in TELLTALES:
        assert telltale in page
        assert telltale in letter
