"""The screens of a record: written with and without script, read by a second person, closed to
strangers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fanal.detect.concerns.models import Submission
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.chats.use_cases import end_conversation, give_back, take_conversation
from fanal.helpline.chats.use_cases.visiting import Answers
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import Reading, State
from helpline.chats.talking import opened, said
from helpline.contacts.writing import NOON, child, kept, prepared, written
from past import past

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    """What the page sends of a record with one child."""
    answers = written() | changes
    (only,) = answers.pop("children")
    return (
        {key: value for key, value in answers.items() if value is not None}
        | {f"child-1-{key}": value for key, value in only.items()}
        | {"child_rows": "1", "child-1-group": "1"}
    )


def page(client: Client, name: str, *refs: object, **extra: Any) -> str:
    answer = client.get(reverse(f"contacts:{name}", args=refs), **extra)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def post(client: Client, name: str, *refs: object, **data: Any) -> Any:
    return client.post(reverse(f"contacts:{name}", args=refs), data)


def held(helpline: Organisation, agent: Agent, **answers: Any) -> Any:
    digest, ref = opened(helpline, answers=Answers(**answers))
    said(digest, "Un secret de la conversation.")
    with acting_as(agent):
        take_conversation(agent=agent, ref=ref, now=NOON)
    return ref


def test_a_record_is_written_and_sent_without_script(maya: Agent, anouk: Agent) -> None:
    client = signed_in(maya)
    where = post(client, "new").headers["Location"]
    contact = past(Contact).get()
    assert where == contact.get_absolute_url()
    assert post(client, "show", contact.ref, **typed()).status_code == 302
    assert past(Contact).get().content["children"][0]["age"] == 16
    shown = page(client, "concern", contact.ref)
    assert "Lila" in shown
    assert "Nord" in shown
    assert "Donner à relire" in shown
    assert "Appelante" not in shown
    assert post(client, "concern", contact.ref).status_code == 302
    waiting = past(Transmission).get()
    assert "à relire avant envoi" in page(client, "show", contact.ref)

    reader = signed_in(anouk)
    assert "Maya" in page(reader, "reading")
    digest = reader.get(reverse("contacts:read", args=[waiting.ref])).context["preview"].digest
    post(reader, "read", waiting.ref, sign="1", digest=digest)
    receipt = past(Submission).get().receipt
    shown = page(client, "show", contact.ref)
    assert receipt in shown
    assert "Reçue" in shown
    assert receipt in page(reader, "returns")
    of_one = reader.get(reverse("contacts:returns"), {"autorite": "59"}).content.decode()
    assert "Retours attendus : Nord" in of_one
    assert receipt in of_one
    assert "Rien n’attend votre signature." in page(reader, "reading")


def test_what_is_missing_is_listed_with_its_link(maya: Agent) -> None:
    contact = kept(maya, written(facts="", children=[child(age=None)]))
    shown = page(signed_in(maya), "concern", contact.ref)
    assert "Écrivez ce qui a été dit ou vu." in shown
    assert f"{contact.get_absolute_url()}#id_facts" in shown
    assert f"{contact.get_absolute_url()}#id_child-1-age" in shown
    assert 'id="id_child-1-age"' in page(signed_in(maya), "show", contact.ref)
    answer = post(signed_in(maya), "concern", contact.ref)
    assert answer.status_code == 200
    assert not past(Transmission).exists()


def test_it_saves_itself_and_refuses_to_write_over(maya: Agent) -> None:
    client = signed_in(maya)
    contact = kept(maya)
    read = client.get(contact.get_absolute_url()).context["as_read"]
    data = typed(facts="Un fait.") | {"as_read": read}
    answer = client.post(contact.get_absolute_url(), data, HTTP_X_AUTOSAVE="1")
    assert answer.status_code == 204
    assert answer.headers["X-Autosave-Token"] != read
    again = client.post(contact.get_absolute_url(), data, HTTP_X_AUTOSAVE="1")
    assert again.status_code == 409
    assert past(Contact).get().content["facts"] == "Un fait."


def test_what_cannot_be_read_is_kept_and_said(maya: Agent) -> None:
    contact = kept(maya)
    data = typed() | {"child-1-age": "seize ans"}
    shown = signed_in(maya).post(contact.get_absolute_url(), data).content.decode()
    assert "Écrivez un nombre entier d’années" in shown
    assert 'value="seize ans"' in shown


def test_another_child_has_a_row(maya: Agent) -> None:
    contact = kept(maya)
    client = signed_in(maya)
    answer = client.post(contact.get_absolute_url(), typed() | {"add_child": "1"})
    assert answer.headers["Location"].endswith("?enfants=2#enfant-2")
    assert 'id="enfant-2"' in client.get(answer.headers["Location"]).content.decode()
    data = typed() | {"child_rows": "2", "child-2-given_names": "Tom", "child-2-group": "2"}
    client.post(contact.get_absolute_url(), data)
    found = past(Contact).get()
    assert (found.children, found.groups) == (2, 2)


def test_a_record_begins_with_what_was_said_at_the_door_and_no_word_of_the_talk(
    helpline: Organisation, maya: Agent
) -> None:
    talk = held(helpline, maya, departement="59", minor=True, topic="unsafe")
    client = signed_in(maya)
    desk = client.get(reverse("chats:show", args=[talk])).content.decode()
    assert reverse("contacts:beside", args=[talk]) in desk
    assert "Ouvrir la fiche" in page(client, "beside", talk, **HTMX)
    begun = client.post(reverse("contacts:begin", args=[talk]), **HTMX)
    assert 'id="fiche"' in begun.content.decode()
    assert "<html" not in begun.content.decode()
    found = past(Contact).get()
    assert found.content == {
        "caller_minor": "yes",
        "departement": "59",
        "topic": "Je ne me sens pas en sécurité",
    }
    assert (found.channel, found.departement, found.conversation) == ("chat", "59", talk)
    assert "secret" not in page(client, "beside", talk, **HTMX)
    assert "secret" not in page(client, "show", found.ref)
    # Without script, the same address leads to the record itself.
    assert client.get(reverse("contacts:beside", args=[talk])).status_code == 302
    post(client, "begin", talk)
    assert past(Contact).count() == 1


def test_who_goes_on_with_a_conversation_goes_on_with_its_record(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    talk = held(helpline, maya)
    post(signed_in(maya), "begin", talk)
    assert "la fiche</span>" not in page(signed_in(tom), "beside", talk, **HTMX)
    post(signed_in(tom), "begin", talk)
    assert past(Contact).get().listener == maya
    with acting_as(maya):
        give_back(agent=maya, ref=talk, now=NOON)
    with acting_as(tom):
        take_conversation(agent=tom, ref=talk, now=NOON)
    post(signed_in(tom), "begin", talk)
    assert past(Contact).get().listener == tom


def test_a_record_is_written_after_the_conversation_has_ended(
    helpline: Organisation, maya: Agent
) -> None:
    talk = held(helpline, maya)
    with acting_as(maya):
        end_conversation(agent=maya, ref=talk, now=NOON)
    post(signed_in(maya), "begin", talk)
    assert past(Contact).get().conversation == talk


def test_one_sees_ones_own_and_a_coordinator_all(maya: Agent, tom: Agent, anouk: Agent) -> None:
    mine, other = kept(maya), kept(tom)
    shown = page(signed_in(maya), "list")
    assert mine.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown
    assert "Lila" not in shown
    assert "aucune fiche en cours" in page(signed_in(anouk), "list")
    everybody = signed_in(anouk).get(reverse("contacts:list"), {"whose": "all"}).content.decode()
    assert mine.get_absolute_url() in everybody
    assert other.get_absolute_url() in everybody
    asked = signed_in(maya).get(reverse("contacts:list"), {"whose": "all"}).content.decode()
    assert other.get_absolute_url() not in asked
    none = signed_in(maya).get(reverse("contacts:list"), {"channel": "form"}).content.decode()
    assert "Aucune fiche ne répond" in none


def test_a_coordinator_reads_and_does_not_write(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya)
    client = signed_in(anouk)
    shown = page(client, "show", contact.ref)
    assert "Tenue par Maya Inventée" in shown
    assert "Sort la nuit" in shown
    assert "data-autosave" not in shown
    answer = client.post(contact.get_absolute_url(), typed(facts="Autre."))
    assert "tenue par quelqu’un d’autre" in answer.content.decode()
    assert past(Contact).get().content["facts"].startswith("Sort la nuit")


def test_it_is_concluded_and_closed(maya: Agent) -> None:
    contact = kept(maya)
    client = signed_in(maya)
    post(client, "conclude", contact.ref, outcome="abandoned")
    post(client, "close", contact.ref, kind="sorted")
    found = past(Contact).get()
    assert (found.state, found.kind) == (State.CLOSED, "sorted")
    shown = page(client, "show", contact.ref)
    assert "data-autosave" not in shown
    assert "pré-traité" in shown


def test_an_end_that_is_not_one_is_said(maya: Agent) -> None:
    contact = kept(maya)
    client = signed_in(maya)
    for outcome in ("concern_drafted", "closed", ""):
        post(client, "conclude", contact.ref, outcome=outcome)
    post(client, "close", contact.ref)
    assert past(Contact).get().state == State.LISTENED


def test_it_is_sent_back_and_proposed_again(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya)
    waiting = prepared(maya, contact)
    reader = signed_in(anouk)
    answer = post(reader, "read", waiting.ref, send_back="1", reason="")
    assert "Dites ce qui est à reprendre." in answer.content.decode()
    post(reader, "read", waiting.ref, send_back="1", reason="Depuis quand ?")
    shown = page(signed_in(maya), "show", contact.ref)
    assert "Depuis quand ?" in shown
    assert "La proposer à nouveau" in shown
    post(signed_in(maya), "drop", waiting.ref, reason="Déjà connue.")
    assert past(Transmission).get().reading == Reading.DROPPED


def test_what_left_at_once_is_read_after(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya, written(immediate_danger="yes"))
    assert "Elle part tout de suite" in page(signed_in(maya), "concern", contact.ref)
    post(signed_in(maya), "concern", contact.ref)
    sent = past(Transmission).get()
    assert sent.reading == Reading.TO_REVIEW
    reader = signed_in(anouk)
    assert reverse("contacts:read", args=[sent.ref]) in page(reader, "reading")
    post(reader, "read", sent.ref, review="1", note="Bien.", complement="")
    assert past(Transmission).get().reading == Reading.READ
    post(signed_in(maya), "complete", sent.ref, text="Un fait de plus.")
    assert "Bien." in page(signed_in(maya), "show", contact.ref)


def test_figures_count_children_and_groups(maya: Agent, anouk: Agent) -> None:
    assert "Rien à compter encore." in page(signed_in(anouk), "figures")
    kept(maya, written(children=[child(), child("Tom"), child("Nour", group=2)]))
    answer = signed_in(anouk).get(reverse("contacts:figures"))
    total = answer.context["total"]
    assert (total.contacts, total.children, total.groups) == (1, 3, 2)
    assert "Situation prostitutionnelle soupçonnée" in answer.content.decode()


def test_what_leaves_as_a_file_holds_no_small_count_and_no_name(maya: Agent, anouk: Agent) -> None:
    prepared(maya, kept(maya, written(immediate_danger="yes")))
    client = signed_in(anouk)
    outside = client.get(reverse("contacts:published")).content.decode()
    assert "Nord;moins de 11;" in outside
    own = client.get(reverse("contacts:export")).content.decode()
    assert "Voie;Appel;1;1;1" in own
    assert "Lila" not in own
    assert "Nord" not in own
    for name in ("published", "export"):
        assert signed_in(maya).get(reverse(f"contacts:{name}")).status_code == 403


def test_a_coordinator_goes_on_with_the_record_of_somebody_who_is_gone(
    maya: Agent, anouk: Agent
) -> None:
    contact = kept(maya)
    client = signed_in(anouk)
    assert "Reprendre cette fiche" in page(client, "show", contact.ref)
    assert post(signed_in(maya), "take", contact.ref).status_code == 403
    post(client, "take", contact.ref)
    assert past(Contact).get().listener == anouk
    post(client, "concern", contact.ref)
    waiting = past(Transmission).get()
    assert waiting.author == anouk
    assert "quelqu’un d’autre doit la relire" in page(client, "read", waiting.ref)
    assert signed_in(maya).get(contact.get_absolute_url()).status_code == 404


def test_an_empty_desk_says_why(anouk: Agent) -> None:
    client = signed_in(anouk)
    assert "Rien n’est encore parti d’ici." in page(client, "returns")
    assert "Rien n’attend votre signature." in page(client, "reading")


def of_contacts(contact: Contact, sent: Transmission) -> list[tuple[str, Any]]:
    return [
        *((name, contact.ref) for name in ("show", "concern", "take", "conclude", "close")),
        *((name, sent.ref) for name in ("read", "drop", "complete")),
    ]


@pytest.mark.parametrize("who", ["elsewhere", "tom"])
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    request: pytest.FixtureRequest, maya: Agent, who: str
) -> None:
    """Who listens elsewhere, and who listens here and holds another record."""
    contact = kept(maya, written(immediate_danger="yes"))
    sent = prepared(maya, contact)
    client = signed_in(request.getfixturevalue(who))
    for name, ref in of_contacts(contact, sent):
        for method in ("get", "post"):
            answers = [
                getattr(client, method)(reverse(f"contacts:{name}", args=[one]))
                for one in (ref, uuid4())
            ]
            assert answers[0].status_code == answers[1].status_code, (name, method)
            assert answers[0].status_code in (403, 404, 405), (name, method)


def test_a_conversation_elsewhere_has_no_record_for_a_stranger(
    helpline: Organisation, maya: Agent, elsewhere: Agent
) -> None:
    talk = held(helpline, maya)
    client = signed_in(elsewhere)
    for one in (talk, uuid4()):
        assert client.get(reverse("contacts:beside", args=[one])).status_code == 404
        assert client.post(reverse("contacts:begin", args=[one])).status_code == 404
    assert not past(Contact).exists()


def test_another_trade_sees_nothing(maya: Agent, nadia: Agent) -> None:
    contact = kept(maya)
    client = signed_in(nadia)
    for name in ("list", "reading", "returns", "figures"):
        assert client.get(reverse(f"contacts:{name}")).status_code == 403
    assert client.get(contact.get_absolute_url()).status_code == 403


def test_a_listener_does_not_read_after_others(maya: Agent) -> None:
    for name in ("reading", "returns", "figures"):
        assert signed_in(maya).get(reverse(f"contacts:{name}")).status_code == 403
