"""Screens open in two places at once, and texts that arrive too late or damaged."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from detect.concerns.screens.concerns import (
    WRITTEN,
    entrusted,
    evaluated,
    fresh,
    proposed,
    received,
    to,
)
from detect.concerns.screens.journey import address, begin, write_all
from factories import OtherMinorFactory, PostingFactory, SubmissionFactory
from fanal.detect.concerns.drafts import reference
from fanal.detect.concerns.models import Draft, Evaluation
from fanal.detect.concerns.views import author as author_views
from fanal.ground.documents.models import Document
from rows import as_owner

AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def author(signed_in, sofia):
    return signed_in(sofia)


def page_of(response):
    return response.content.decode()


def opinion(concern):
    with as_owner():
        return Evaluation.objects.get(concern=concern).parents_opinion


def test_the_second_window_is_refused_keeps_its_text_and_shows_the_other(signed_in, karim):
    concern = entrusted(karim)
    evaluator, where = signed_in(karim), to("evaluate", concern)
    read = evaluator.get(where).context["as_read"]

    first = {"parents_opinion": "Un texte", "as_read": read}
    assert evaluator.post(where, first, headers=AUTOSAVE).status_code == 204
    second = {"parents_opinion": "Un autre", "as_read": read}
    assert evaluator.post(where, second, headers=AUTOSAVE).status_code == 409
    response = evaluator.post(where, second)

    assert "Un texte" in page_of(response)
    assert "Un autre" in page_of(response)
    assert opinion(concern) == "Un texte"
    evaluator.post(where, second | {"as_read": response.context["as_read"]})
    assert opinion(concern) == "Un autre"


def test_one_pause_after_another_is_kept_with_the_new_mark(signed_in, karim):
    concern = entrusted(karim)
    evaluator, where = signed_in(karim), to("evaluate", concern)
    read = evaluator.get(where).context["as_read"]

    for text in ("Un", "Un texte", "Un texte entier"):
        posted = {"parents_opinion": text, "as_read": read}
        response = evaluator.post(where, posted, headers=AUTOSAVE)
        assert response.status_code == 204
        read = response["X-Autosave-Token"]

    assert opinion(concern) == "Un texte entier"


def test_a_text_written_after_the_handing_in_is_shown_again(signed_in, karim):
    concern = evaluated(karim)
    evaluator, where = signed_in(karim), to("evaluate", concern)

    page = page_of(evaluator.post(where, {"parents_opinion": "Écrit trop tard"}))

    assert "déjà remise" in page
    assert "Écrit trop tard" in page
    late = evaluator.post(where, {"parents_opinion": "Écrit trop tard"}, headers=AUTOSAVE)
    assert late.status_code == 409
    assert opinion(concern) == WRITTEN["parents_opinion"]


def test_findings_written_elsewhere_are_shown_beside_what_was_typed(signed_in, karim):
    concern = entrusted(karim)
    other = OtherMinorFactory(concern=concern)
    evaluator, where = signed_in(karim), to("findings", concern, other.ref)
    read = evaluator.get(where).context["as_read"]
    evaluator.post(where, {"findings": "Va bien.", "as_read": read})

    page = page_of(evaluator.post(where, {"findings": "Va mal.", "as_read": read}))

    assert "Va bien." in page
    assert "Va mal." in page


def test_only_the_proposal_on_the_screen_is_signed(signed_in, ines, nadia, karim):
    concern = proposed(nadia, karim)
    manager = signed_in(ines)
    at = concern.proposed_at.isoformat()
    assert f'value="{at}"' in page_of(manager.get(to("sign", concern)))

    for read in ({}, {"proposed_at": "hier"}, {"proposed_at": now().isoformat()}):
        page = page_of(manager.post(to("sign", concern), read))
        assert "La proposition a changé depuis que vous l&#x27;avez lue" in page
    assert fresh(concern).status == "evaluated"

    manager.post(to("sign", concern), {"proposed_at": at})
    assert fresh(concern).signed_by == ines


def test_a_pause_that_comes_after_the_sending_leads_to_the_receipt(
    author, sofia, school, monkeypatch
):
    draft = begin(author)
    sent = SubmissionFactory(organisation=school, agent=sofia, external_ref=reference(draft.ref))
    with as_owner():
        Draft.objects.all().delete()
    # Read a moment before the other click sent it.
    monkeypatch.setattr(author_views, "read_draft", lambda **_: draft)

    for step in ("faits", "envoyer"):
        response = author.post(address(draft, step), {"facts": "x"}, headers=AUTOSAVE)
        assert response["Location"] == reverse("concerns:receipt", args=[sent.ref])


def test_a_sign_that_no_database_keeps_breaks_nothing(author):
    draft = begin(author)

    response = author.post(address(draft, "faits"), {"facts": "Elle\x00 dit"}, headers=AUTOSAVE)

    assert response.status_code == 204
    with as_owner():
        assert Draft.objects.get(pk=draft.pk).content["facts"] == "Elle dit"


def test_an_age_that_is_not_read_is_said_on_its_field_and_again_before_sending(author):
    draft = begin(author)
    write_all(author, draft, informes={"other_minors": "Tom Inventé ; frère"})

    page = page_of(author.get(address(draft, "envoyer")))

    assert "« frère » n&#x27;est pas lu comme un âge" in page
    assert "Complétez d'abord ce qui manque" in page


def test_a_concern_is_written_for_the_organisation_where_one_writes_concerns(
    signed_in, julien, school
):
    PostingFactory(agent=julien, organisation=school, role="author")

    draft = begin(signed_in(julien))

    assert draft.organisation == school


def test_the_reasoned_note_is_kept_with_the_file(signed_in, nadia):
    concern = received(parents_informed=False, parents_reason="Peur de représailles.")
    crip, where = signed_in(nadia), to("parents_exception", concern)
    assert where in page_of(crip.get(to("show", concern)))
    assert "Peur de représailles." in page_of(crip.get(where))

    posted = {"reason": "Peur.", "child_opinion": "", "review_on": "01/06/2026"}
    response = crip.post(where, posted)

    with as_owner():
        document = Document.objects.get()
    assert document.kind == "parents_exception"
    assert response["Location"] == reverse("documents:download", args=[document.ref])


def test_no_note_is_written_when_the_parents_know(signed_in, nadia):
    concern = received(parents_informed=True)
    crip = signed_in(nadia)

    response = crip.post(to("parents_exception", concern), {"reason": "Peur."})

    assert response["Location"] == to("show", concern)
    assert to("parents_exception", concern) not in page_of(crip.get(to("show", concern)))
