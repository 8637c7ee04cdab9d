"""Every screen of a signalement answers a stranger as if it did not exist."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from factories import ExclusionFactory
from fanal.detect.concerns.models import Concern
from fanal.detect.reports.models import Report
from fanal.detect.reports.urls import urlpatterns
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from rows import as_owner

pytestmark = pytest.mark.django_db

OF_ONE = [pattern for pattern in urlpatterns if pattern.pattern.converters]
OF_BOTH = [one for one in OF_ONE if Right.ANSWER_REPORTS in one.callback.rights]
OF_THE_CRIP = [one for one in OF_ONE if Right.SEND_REPORTS in one.callback.rights]


def address(pattern: URLPattern, report: Report) -> str:
    with as_owner():
        concern = Concern.objects.select_related("case_file").get(pk=report.concern_id)
    known = {
        "ref": report.ref,
        "concern_ref": concern.ref,
        "case_file_ref": concern.case_file.ref,
    }
    (name,) = pattern.pattern.converters
    return reverse(f"reports:{pattern.name}", args=[known[name]])


def name_of(pattern: URLPattern) -> str:
    return str(pattern.name)


@pytest.mark.parametrize("pattern", OF_THE_CRIP, ids=name_of)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_authority_finds_nothing(
    client: Client,
    paul: Agent,
    sent: Report,
    pattern: URLPattern,
    method: str,
) -> None:
    client.force_login(paul)

    response = getattr(client, method)(address(pattern, sent))

    assert response.status_code in ((404,) if method == "get" else (404, 405))


@pytest.mark.parametrize("pattern", OF_BOTH, ids=name_of)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_court_finds_nothing(
    client: Client,
    other_parquet: Agent,
    sent: Report,
    pattern: URLPattern,
    method: str,
) -> None:
    client.force_login(other_parquet)

    response = getattr(client, method)(address(pattern, sent))

    assert response.status_code in ((404,) if method == "get" else (404, 405))


@pytest.mark.parametrize("pattern", OF_BOTH, ids=name_of)
def test_the_parquet_finds_no_draft(
    client: Client, julien: Agent, draft: Report, pattern: URLPattern
) -> None:
    client.force_login(julien)

    assert client.get(address(pattern, draft)).status_code == 404


@pytest.mark.parametrize("pattern", OF_THE_CRIP, ids=name_of)
def test_an_excluded_agent_finds_nothing(
    client: Client, nadia: Agent, sent: Report, pattern: URLPattern
) -> None:
    ExclusionFactory(case_file=sent.case_file, agent=nadia)
    client.force_login(nadia)

    assert client.get(address(pattern, sent)).status_code == 404


@pytest.mark.parametrize("pattern", OF_ONE, ids=name_of)
def test_what_does_not_exist_is_answered_alike(
    client: Client, nadia: Agent, julien: Agent, pattern: URLPattern
) -> None:
    client.force_login(nadia if pattern in OF_THE_CRIP else julien)

    assert client.get(reverse(f"reports:{pattern.name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("pattern", urlpatterns, ids=name_of)
def test_the_author_has_no_right_here(
    client: Client, sofia: Agent, sent: Report, pattern: URLPattern
) -> None:
    client.force_login(sofia)
    where = address(pattern, sent) if pattern in OF_ONE else reverse(f"reports:{pattern.name}")

    assert client.get(where).status_code == 403


@pytest.mark.parametrize("pattern", urlpatterns, ids=name_of)
def test_nobody_passes_unnamed(client: Client, sent: Report, pattern: URLPattern) -> None:
    where = address(pattern, sent) if pattern in OF_ONE else reverse(f"reports:{pattern.name}")

    assert client.get(where).status_code == 302
