"""Who passes each door: a stranger meets the 404 of what does not exist, a wrong role a 403."""

from uuid import uuid4

import pytest
from django.urls import reverse

from detect.concerns.screens.concerns import decided, entrusted, evaluated, proposed, received, to
from detect.concerns.screens.journey import begin
from factories import ExclusionFactory, OtherMinorFactory, SubmissionFactory

DESK = (
    *("show", "qualify", "decide", "sign", "send_back", "notify", "close", "transfer"),
    *("parents_letter", "parents_exception", "evaluation_report", "evaluate", "visit", "submit"),
)
OTHERS = ("other_minor", "findings")
POSTED = ("evaluation_report", "submit")
AUTHOR = ("receipt", "complete", "withdraw", "acknowledgement")


def knock(client, name, address):
    return client.post(address) if name in POSTED else client.get(address)


@pytest.mark.parametrize("name", DESK)
def test_a_stranger_finds_nothing(signed_in, paul, karim, name):
    concern = entrusted(karim)
    stranger = signed_in(paul)

    real = knock(stranger, name, to(name, concern))
    nothing = knock(stranger, name, reverse(f"concerns:{name}", args=[uuid4()]))

    assert real.status_code == nothing.status_code == 404
    if name != "show":
        assert stranger.post(to(name, concern)).status_code == 404


@pytest.mark.parametrize("name", OTHERS)
def test_a_stranger_finds_no_other_minor(signed_in, paul, karim, name):
    concern = entrusted(karim)
    other = OtherMinorFactory(concern=concern)

    assert signed_in(paul).get(to(name, concern, other.ref)).status_code == 404


@pytest.mark.parametrize("name", OTHERS)
def test_another_minor_is_found_through_its_own_concern_alone(signed_in, ines, karim, name):
    concern, elsewhere = entrusted(karim), entrusted(karim)
    other = OtherMinorFactory(concern=elsewhere)

    assert signed_in(ines).get(to(name, concern, other.ref)).status_code == 404


@pytest.mark.parametrize("name", DESK)
def test_an_excluded_agent_finds_nothing(signed_in, ines, karim, name):
    concern = entrusted(karim)
    ExclusionFactory(case_file=concern.case_file, agent=ines)

    assert knock(signed_in(ines), name, to(name, concern)).status_code == 404


@pytest.mark.parametrize("name", DESK)
def test_an_author_has_no_business_at_the_desk(signed_in, sofia, karim, name):
    concern = entrusted(karim)

    assert knock(signed_in(sofia), name, to(name, concern)).status_code == 403


@pytest.mark.parametrize("name", ["list", "export", "evaluations"])
def test_an_author_sees_no_list_of_the_desk(signed_in, sofia, name):
    assert signed_in(sofia).get(reverse(f"concerns:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["qualify", "decide", "notify", "close", "transfer", "sign"])
def test_an_evaluator_does_not_decide(signed_in, karim, name):
    assert signed_in(karim).get(to(name, entrusted(karim))).status_code == 403


@pytest.mark.parametrize("name", ["sign", "send_back"])
def test_a_second_signature_is_a_managers(signed_in, nadia, ines, karim, name):
    concern = proposed(ines, karim)

    assert signed_in(nadia).get(to(name, concern)).status_code == 403


@pytest.mark.parametrize("name", ["start", "sent"])
def test_somebody_on_call_writes_no_concern(signed_in, omar, name):
    assert signed_in(omar).get(reverse(f"concerns:{name}")).status_code == 403


def test_an_evaluator_sees_only_what_was_entrusted(signed_in, karim):
    theirs, others = entrusted(karim), received()
    client = signed_in(karim)

    assert client.get(to("show", theirs)).status_code == 200
    assert client.get(to("show", others)).status_code == 404


@pytest.mark.parametrize("name", AUTHOR)
def test_a_receipt_is_its_authors_alone(signed_in, nadia, paul, sofia, school, name):
    sent = SubmissionFactory(organisation=school, agent=sofia)
    where = reverse(f"concerns:{name}", args=[sent.ref])

    assert signed_in(sofia).get(where).status_code == 200
    for other in (nadia, paul):
        assert signed_in(other).get(where).status_code == 404


@pytest.mark.parametrize("step", ["danger", "jeune", "faits", "informes", "envoyer"])
def test_a_draft_is_its_authors_alone(signed_in, nadia, sofia, step):
    draft = begin(signed_in(sofia))
    where = reverse("concerns:write", args=[draft.ref, step])
    other = signed_in(nadia)

    assert other.get(where).status_code == 404
    assert other.post(where, {"facts": "x"}, headers={"X-Autosave": "1"}).status_code == 404
    assert other.post(reverse("concerns:discard", args=[draft.ref])).status_code == 404


def test_the_stranger_lists_nothing_and_exports_nothing(signed_in, paul, karim):
    concern = entrusted(karim)
    client = signed_in(paul)

    for where in ("list", "export", "evaluations"):
        page = client.get(reverse(f"concerns:{where}"), {"shown": "all"})
        assert concern.receipt not in page.content.decode()


def test_who_has_not_signed_in_is_asked_to(client, karim):
    concern = entrusted(karim)

    for name in ("show", "qualify", "evaluate"):
        response = client.get(to(name, concern))
        assert response.status_code == 302
        assert "/connexion/" in response["Location"]


@pytest.mark.parametrize(
    ("name", "made"), [("decide", evaluated), ("show", evaluated), ("evaluate", entrusted)]
)
def test_the_right_people_enter(signed_in, ines, karim, name, made):
    assert signed_in(ines).get(to(name, made(karim))).status_code == 200


def test_a_manager_enters_the_acts_that_follow_a_decision(signed_in, ines, nadia):
    client = signed_in(ines)

    assert client.get(to("notify", decided(nadia))).status_code == 200
    assert client.get(to("close", decided(nadia, status="notified"))).status_code == 200
