"""From the concern to the letter: begun, written, read again, sent."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from detect.reports.samples import FACTS
from factories import ConcernFactory
from fanal.detect.concerns.models import Concern
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import Status
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor

pytestmark = pytest.mark.django_db


def answers(**changes: object) -> dict[str, object]:
    whole = {
        "commune": "Lille (59350)",
        "grounds": ["grave_and_immediate"],
        "facts": FACTS,
        "exploitation": "suspected",
        "parents_informed": "on",
        "copies": ["education"],
        "other_copy": "Foyer inventé",
    }
    return whole | changes


def write(client: Client, report: Report, **changes: object) -> object:
    where = reverse("reports:write", args=[report.ref])
    return client.post(where, drawn(client, report) | answers(**changes))


def drawn(client: Client, report: Report) -> dict[str, object]:
    """What the screen, opened now, carries with it."""
    page = client.get(reverse("reports:write", args=[report.ref]))
    form = page.context["form"]
    return {name: form[name].value() for name in ("drawn_at", "drawn_page")}


def again(agent: Agent, report: Report) -> Report:
    with acting_as(agent):
        return Report.objects.prefetch_related("copies").select_related("court").get(pk=report.pk)


def test_a_draft_is_begun_from_the_concern(client: Client, nadia: Agent, concern: Concern) -> None:
    client.force_login(nadia)
    where = reverse("reports:draft", args=[concern.ref])
    assert "Préparer le signalement" in client.get(where).content.decode()

    response = client.post(where)

    with acting_as(nadia):
        report = Report.objects.get()
    assert response["Location"] == reverse("reports:write", args=[report.ref])


def test_a_concern_that_is_over_says_where_to_begin(
    client: Client, nadia: Agent, lea: Minor
) -> None:
    concern = ConcernFactory(minor=lea, status="not_a_concern", exploitation="none")
    client.force_login(nadia)

    response = client.post(reverse("reports:draft", args=[concern.ref]))

    assert "depuis la situation" in response.content.decode()


def test_a_draft_is_begun_from_the_file(client: Client, nadia: Agent, lea: Minor) -> None:
    client.force_login(nadia)
    where = reverse("reports:draft_of_file", args=[lea.case_file.ref])
    assert client.get(where).status_code == 200

    client.post(where)

    with acting_as(nadia):
        assert Report.objects.get().case_file == lea.case_file


def test_it_is_written_beside_the_facts_of_the_concern(
    client: Client, nadia: Agent, draft: Report, concern: Concern
) -> None:
    client.force_login(nadia)

    page = client.get(reverse("reports:write", args=[draft.ref])).content.decode()

    assert "Absences répétées, nouveau téléphone." in page
    assert FACTS.split("[")[0].replace("'", "&#x27;") in page
    assert "data-autosave" in page
    assert "Lille (59350)" in page


def test_what_is_written_is_read_again_before_it_leaves(
    client: Client, nadia: Agent, draft: Report
) -> None:
    client.force_login(nadia)

    response = write(client, draft)

    assert response["Location"] == reverse("reports:send", args=[draft.ref])  # type: ignore[index]
    kept = again(nadia, draft)
    assert kept.exploitation == "suspected"
    assert [copy.kind for copy in kept.copies.all()] == ["education", "other"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"grounds": []}, "Ce champ est obligatoire"),
        ({"facts": ""}, "Ce champ est obligatoire"),
        ({"parents_informed": ""}, "Dites pourquoi les parents ne sont pas informés."),
        ({"parents_may_be_involved": "on"}, "attendre l&#x27;accord du procureur."),
        ({"commune": "99999"}, "Aucune commune"),
        ({"commune": "98818"}, "Nouvelle-Calédonie"),
        ({"commune": "Zzzzzzzz"}, "Aucune commune ne porte ce nom"),
        ({"commune": "Saint-Denis"}, "Plusieurs communes"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, nadia: Agent, draft: Report, changes: dict[str, object], says: str
) -> None:
    client.force_login(nadia)

    response = write(client, draft, other_copy="Autre foyer inventé", **changes)

    assert response.status_code == 422  # type: ignore[attr-defined]
    assert says in response.content.decode()  # type: ignore[attr-defined]
    assert not again(nadia, draft).copies.all()


def test_a_commune_is_found_by_its_name(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)

    write(client, draft, commune="lisieux")

    kept = again(nadia, draft)
    assert kept.commune_id == "14366"
    page = client.get(reverse("reports:send", args=[draft.ref])).content.decode()
    assert "Deux tribunaux sont concernés." in page
    assert "Tribunal judiciaire de Caen" in page
    assert "Tribunal judiciaire de Lisieux" in page


def test_the_draft_saves_itself_as_it_is(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)
    where = reverse("reports:write", args=[draft.ref])

    half = answers(facts="Début. [invention]", grounds=[], parents_informed="")
    half |= drawn(client, draft)
    for facts in ("Début. [invention]", "Début, et suite. [invention]"):
        response = client.post(where, half | {"facts": facts}, headers={"X-Autosave": "1"})
        assert response.status_code == 204

    assert again(nadia, draft).facts == "Début, et suite. [invention]"


def test_a_colleagues_text_and_ones_own_are_both_shown(
    client: Client, nadia: Agent, ines: Agent, draft: Report
) -> None:
    client.force_login(nadia)
    where = reverse("reports:write", args=[draft.ref])
    mine = drawn(client, draft) | answers(facts="Mon texte. [invention]")
    colleague = Client()
    colleague.force_login(ines)
    write(colleague, draft, facts="Texte de ma collègue. [invention]")

    itself = client.post(where, mine, headers={"X-Autosave": "1"})
    response = client.post(where, mine)

    page = response.content.decode()
    assert (itself.status_code, response.status_code) == (409, 409)
    assert "Mon texte. [invention]" in page
    assert "Texte de ma collègue. [invention]" in page
    # Only a click may replace the other text from there.
    assert "data-autosave" not in page
    assert again(nadia, draft).facts == "Texte de ma collègue. [invention]"

    form = response.context["form"]
    chosen = mine | {name: form[name].value() for name in ("drawn_at", "drawn_page")}
    assert client.post(where, chosen).status_code == 302
    assert again(nadia, draft).facts == "Mon texte. [invention]"


@pytest.mark.parametrize("drawn_at", ["", "hier"])
def test_a_page_that_does_not_say_what_it_was_drawn_from_overwrites_nothing(
    client: Client, nadia: Agent, draft: Report, drawn_at: str
) -> None:
    client.force_login(nadia)

    response = write(client, draft, facts="Autre. [invention]", drawn_at=drawn_at, drawn_page="?")

    assert response.status_code == 409  # type: ignore[attr-defined]
    assert again(nadia, draft).facts == FACTS


def test_what_was_typed_while_the_signalement_left_is_given_back(
    client: Client, nadia: Agent, draft: Report
) -> None:
    client.force_login(nadia)
    mine = drawn(client, draft) | answers(
        facts="Écrit trop tard. [invention]", minor_words="« Trop tard aussi. »"
    )
    client.post(reverse("reports:send", args=[draft.ref]))

    response = client.post(reverse("reports:write", args=[draft.ref]), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Votre texte n&#x27;est pas enregistré." in page.replace("n'est", "n&#x27;est")
    assert "Écrit trop tard. [invention]" in page
    assert "« Trop tard aussi. »" in page
    assert "Foyer inventé" in page
    assert again(nadia, draft).facts == FACTS


def test_a_draft_that_could_not_save_itself_says_so(
    client: Client, nadia: Agent, draft: Report
) -> None:
    client.force_login(nadia)
    where = reverse("reports:write", args=[draft.ref])

    response = client.post(where, answers(commune="99999"), headers={"X-Autosave": "1"})

    assert response.status_code == 422


def test_half_a_draft_is_kept_for_later(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)

    response = write(client, draft, facts="", keep="1")

    assert response["Location"] == reverse("reports:list")  # type: ignore[index]
    assert again(nadia, draft).facts == ""


def test_an_incomplete_draft_says_what_it_lacks_instead_of_leaving(
    client: Client, nadia: Agent, draft: Report
) -> None:
    client.force_login(nadia)
    write(client, draft, facts="", keep="1")
    where = reverse("reports:send", args=[draft.ref])

    assert "Il manque encore" in client.get(where).content.decode()
    assert "pas parti" in client.post(where).content.decode()
    assert again(nadia, draft).status == Status.DRAFT


def test_it_is_sent_from_the_screen(
    client: Client, nadia: Agent, julien: Agent, draft: Report
) -> None:
    client.force_login(nadia)
    where = reverse("reports:send", args=[draft.ref])
    page = client.get(where).content.decode()
    assert "Julien Inventé" in page
    assert "Léa Inventée" in page

    response = client.post(where, follow=True)

    assert again(nadia, draft).status == Status.SENT
    assert "Le signalement est adressé au parquet." in response.content.decode()


def test_a_parquet_that_is_not_here_is_said_so(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)

    page = client.get(reverse("reports:send", args=[draft.ref])).content.decode()

    assert "n&#x27;utilise pas encore Fanal" in page or "n'utilise pas encore Fanal" in page


@pytest.mark.parametrize("screen", ["write", "send"])
def test_what_has_left_is_shown_not_written(
    client: Client, nadia: Agent, sent: Report, screen: str
) -> None:
    client.force_login(nadia)

    response = client.get(reverse(f"reports:{screen}", args=[sent.ref]))

    assert response["Location"] == reverse("reports:show", args=[sent.ref])


def test_a_draft_is_given_up_from_its_screen(client: Client, nadia: Agent, draft: Report) -> None:
    client.force_login(nadia)
    where = reverse("reports:discard", args=[draft.ref])
    assert client.get(where).status_code == 200

    response = client.post(where)

    assert response["Location"] == reverse("reports:list")
    with acting_as(nadia):
        assert not Report.objects.exists()


def test_an_image_hidden_in_the_facts_is_refused(
    client: Client, nadia: Agent, draft: Report
) -> None:
    client.force_login(nadia)

    response = write(client, draft, facts=f"data:image/png;base64,{'iVBORw0KGgo' * 9}")

    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "PHAROS" in response.content.decode()  # type: ignore[attr-defined]
    assert again(nadia, draft).facts == FACTS
