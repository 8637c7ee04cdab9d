"""The author, without script: five steps, a review, a receipt, a status."""

import pytest
from django.urls import reverse
from detect.concerns.screens.journey import ANSWERS, FACTS, address, begin, write_all
from fanal.detect.concerns.models import Concern, Draft, Submission
from rows import as_owner


@pytest.fixture
def author(signed_in, sofia):
    return signed_in(sofia)


def page_of(response):
    return response.content.decode()


def test_the_whole_journey_ends_in_a_receipt(author, nord):
    draft = begin(author)

    for step, after in zip(ANSWERS, [*list(ANSWERS)[1:], "envoyer"], strict=True):
        assert author.get(address(draft, step)).status_code == 200
        response = author.post(address(draft, step), ANSWERS[step])
        assert response.status_code == 302, (step, page_of(response))
        assert response["Location"] == address(draft, after)
    review = page_of(author.get(address(draft, "envoyer")))
    assert FACTS in review
    assert "20 mai 2011" in review
    assert "exploitation sexuelle suspectée" in review
    assert "Anne Inventée" in review
    assert "Envoyer à la cellule de recueil" in review
    assert "Nord" in review
    response = author.post(address(draft, "envoyer"), follow=True)

    with as_owner():
        submission = Submission.objects.get()
    assert response.redirect_chain[-1][0] == reverse("concerns:receipt", args=[submission.ref])
    assert submission.receipt in page_of(response)
    with as_owner():
        concern = Concern.objects.select_related("case_file__minor").get()
        assert concern.facts == FACTS
        assert concern.indicators == ["RUN-1"]
        assert concern.commune_id == "59350"
        assert concern.case_file.minor.full_name == "Léa Inventée"
        assert [one.full_name for one in concern.other_minors.all()] == ["Tom Inventé"]
        assert [one.name for one in concern.case_file.holders.all()] == ["Anne Inventée"]
        assert Draft.objects.count() == 0
