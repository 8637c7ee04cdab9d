"""The search: by name as it is heard or by receipt, in what the agent sees, and traced."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import (
    NOON,
    CaseFileFactory,
    ConcernFactory,
    ExclusionFactory,
    GrantFactory,
    HolderFactory,
    InformantFactory,
    MinorFactory,
)
from fanal.detect.concerns.models import Concern
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.people.models import Minor
from protect.situations.following import begin
from rows import as_owner

pytestmark = pytest.mark.django_db

# Each form has a token of its own, drawn again at each page.
TOKEN = re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]+')
NOTHING = "Rien ne correspond dans ce que vous pouvez voir."


@pytest.fixture
def concern(lea: Minor) -> Concern:
    return ConcernFactory(minor=lea, receipt="IP-2026-AB12-CD34")


def search(agent: Agent, text: str) -> str:
    client = Client()
    client.force_login(agent)
    answer = client.post("/recherche/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode().split('id="contenu"', 1)[1].split("</main>")[0]


def finds(agent: Agent, text: str) -> bool:
    page = search(agent, text)
    found = "Léa Inventée" in page or "IP-2026-AB12-CD34</a>" in page
    assert found != (NOTHING in page)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Léa",
        "lea inventee",
        "INVENTÉE",
        "Lea Inventé",
        "inventée léa",
        "IP-2026-AB12",
        "ip-2026-ab12-cd34",
    ],
)
def test_a_minor_is_found_by_name_or_receipt(concern: Concern, nadia: Agent, text: str) -> None:
    assert finds(nadia, text)


def test_a_name_is_found_as_it_is_heard(nadia: Agent) -> None:
    MinorFactory(given_names="Catherine", family_name="Dupond")

    assert "Catherine Dupond" in search(nadia, "Katrine Dupont")


@pytest.mark.parametrize("text", ["Léa", "Inventée", "IP-2026-AB12-CD34"])
def test_a_stranger_finds_nothing_by_name_nor_by_receipt(
    concern: Concern, paul: Agent, text: str
) -> None:
    assert not finds(paul, text)


def test_a_stranger_s_page_is_that_of_a_name_that_nobody_bears(
    concern: Concern, paul: Agent
) -> None:
    def page(text: str) -> str:
        return TOKEN.sub("", search(paul, text).replace(text, ""))

    assert page("Inventée") == page("Zylberstein")


def test_an_excluded_agent_finds_nothing(concern: Concern, nadia: Agent) -> None:
    ExclusionFactory(case_file=concern.case_file, agent=nadia)

    assert not finds(nadia, "Léa")


def test_a_sealed_file_is_found_by_nobody_but_its_holders(nadia: Agent, claire: Agent) -> None:
    sealed = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="motif inventé"))
    GrantFactory(case_file=sealed.case_file, agent=claire)

    assert not finds(nadia, "Léa")
    assert finds(claire, "Léa")


def test_a_search_never_looks_into_the_file(concern: Concern, nadia: Agent) -> None:
    """Nor the facts, nor the people around: it is no way to read everything at once."""
    InformantFactory(concern=concern, name="Rosalie Zylberstein")
    HolderFactory(case_file=concern.case_file, name="Barnabé Kowalski")
    with as_owner():
        Minor.objects.filter(pk=concern.case_file.minor.pk).update(
            address="rue des Acacias", school="Lycée Ronsard"
        )
    for text in ("téléphone", "Absences", "Zylberstein", "Kowalski", "Acacias", "Ronsard"):
        assert not finds(nadia, text)


def test_a_search_is_traced_without_its_words(concern: Concern, nadia: Agent) -> None:
    search(nadia, "Léa Inventée")

    with as_owner():
        trace = Trace.objects.get()
    assert (trace.agent, trace.deed, trace.outcome) == (nadia, "search", "read")
    assert set(trace.detail) == {"rows", "page", "files"}
    assert "inventée" not in str(trace.detail).lower()


def test_an_empty_search_says_what_it_looks_at_and_leaves_no_trace(nadia: Agent) -> None:
    for text in ("", "   "):
        assert "jamais sur le texte des dossiers" in search(nadia, text)
    with as_owner():
        assert not Trace.objects.exists()


@pytest.mark.parametrize(
    "text", ["\x00", "Léa\x00", "%", "_", "'", '"><script>', "\\", "x" * 5000, "🙂"]
)
def test_no_text_breaks_the_search(concern: Concern, nadia: Agent, text: str) -> None:
    assert "<script>" not in search(nadia, text)


def test_a_wildcard_finds_nobody(concern: Concern, nadia: Agent) -> None:
    for text in ("%", "_", "%%%", "_ _"):
        assert not finds(nadia, text)


def test_links_lead_where_the_agent_may_go(
    concern: Concern, lea: Minor, nadia: Agent, ines: Agent, claire: Agent
) -> None:
    """The CRIP does not follow situations, the référent does not read concerns."""
    situation = begin(ines, claire, lea)
    file_of = {
        "concern": reverse("concerns:show", args=[concern.ref]),
        "situation": reverse("situations:show", args=[situation.ref]),
    }

    def linked(agent: Agent) -> set[str]:
        page = search(agent, "Léa")
        client = Client()
        client.force_login(agent)
        for href in re.findall(r'href="(/[^"#]+)"', page):
            assert client.get(href).status_code == 200, href
        return {kind for kind, href in file_of.items() if href in page}

    assert linked(nadia) == {"concern"}
    assert linked(claire) == {"situation"}
    assert linked(ines) == {"concern", "situation"}
