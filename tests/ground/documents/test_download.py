from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.documents.models import Document
from fanal.ground.people.models import Minor
from ground.documents.test_filing import file_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(nadia: Agent, lea: Minor) -> Document:
    with acting_as(nadia):
        return file_letter(nadia, lea.case_file)


def address(document: Document) -> str:
    return reverse("documents:download", args=[document.ref])


def test_the_file_opens_in_the_page_and_stays_in_no_cache(
    client: Client, nadia: Agent, document: Document
) -> None:
    client.force_login(nadia)

    response = client.get(address(document))

    assert response.content == bytes(document.pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline;")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_file_name_names_nobody(client: Client, nadia: Agent, document: Document) -> None:
    client.force_login(nadia)

    disposition = client.get(address(document))["Content-Disposition"]

    assert disposition == f'inline; filename="document-{str(document.ref)[:8]}.pdf"'


def test_another_authority_finds_nothing(client: Client, paul: Agent, document: Document) -> None:
    client.force_login(paul)

    hidden = client.get(address(document))
    absent = client.get(reverse("documents:download", args=[uuid4()]))

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content


def test_a_role_that_reads_no_document_is_refused(
    client: Client, sofia: Agent, document: Document
) -> None:
    client.force_login(sofia)

    assert client.get(address(document)).status_code == 403


def test_nobody_reads_without_signing_in(client: Client, document: Document) -> None:
    assert client.get(address(document)).status_code == 302


def test_a_document_is_only_read(client: Client, nadia: Agent, document: Document) -> None:
    client.force_login(nadia)

    assert client.post(address(document)).status_code == 405
