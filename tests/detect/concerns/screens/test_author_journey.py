"""The author, without script: five steps, a review, a receipt, a status."""

import pytest
from django.urls import reverse

from detect.concerns.screens.journey import ANSWERS, FACTS, address, begin, write_all
from factories import ConcernFactory, SubmissionFactory
from fanal.detect.concerns.models import Addition, Concern, Draft, Submission
from rows import as_owner


@pytest.fixture
def author(signed_in, sofia):
    return signed_in(sofia)


@pytest.fixture
def sent(sofia, school):
    return SubmissionFactory(organisation=school, agent=sofia)


def page_of(response):
    return response.content.decode()


def kept(draft):
    with as_owner():
        return Draft.objects.get(pk=draft.pk).content


def test_the_whole_journey_ends_in_a_receipt(author, nord):
    draft = begin(author)

    for step, after in zip(ANSWERS, [*list(ANSWERS)[1:], "envoyer"], strict=True):
        assert author.get(address(draft, step)).status_code == 200
        response = author.post(address(draft, step), ANSWERS[step])
        assert response.status_code == 302, (step, page_of(response))
        assert response["Location"] == address(draft, after)
    review = page_of(author.get(address(draft, "envoyer")))
    for words in (FACTS, "20 mai 2011", "Exploitation sexuelle suspectée", "Anne Inventée", "Nord"):
        assert words in review
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


def test_the_start_calls_for_help_first_and_lists_what_was_begun(author):
    draft = begin(author)
    author.post(address(draft, "jeune"), ANSWERS["jeune"])

    page = page_of(author.get(reverse("concerns:start")))

    assert page.index('href="tel:17"') < page.index("<h1>")
    assert "L. I." in page
    assert address(draft, "danger") in page


@pytest.mark.parametrize("answer", ["immediate_danger", "missing_now"])
def test_danger_is_answered_with_the_numbers_to_call(author, answer):
    draft = begin(author)
    assert 'href="tel:17"' not in page_of(author.get(address(draft, "danger")))

    response = author.post(
        address(draft, "danger"), ANSWERS["danger"] | {answer: "yes"}, follow=True
    )

    assert 'href="tel:17"' in page_of(response)
    assert 'href="tel:17"' in page_of(author.get(address(draft, "envoyer")))


def test_with_script_the_numbers_come_as_the_answer_is_ticked(author):
    draft = begin(author)

    response = author.post(
        address(draft, "danger"), {"immediate_danger": "yes"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert 'href="tel:17"' in page_of(response)


def test_a_concern_in_danger_reminds_of_the_call_once_sent(author, nord):
    draft = begin(author)
    write_all(author, draft, danger={"immediate_danger": "yes"})

    response = author.post(address(draft, "envoyer"), follow=True)

    assert "appelez maintenant le 17 ou le 112" in page_of(response)


def test_what_is_typed_is_kept_at_each_pause(author):
    draft = begin(author)

    response = author.post(
        address(draft, "jeune"),
        {"given_names": "Lé", "birth_date": "31/02/20", "commune": "Saint-Denis"},
        headers={"X-Autosave": "1"},
    )

    assert response.status_code == 204
    written = kept(draft)
    assert (written["given_names"], written["commune"]) == ("Lé", "Saint-Denis")
    assert written["birth_date"] == "31/02/20"


def test_a_wrong_answer_is_said_beside_its_field_and_kept(author):
    draft = begin(author)

    response = author.post(address(draft, "jeune"), ANSWERS["jeune"] | {"birth_date": "31/02/2011"})

    assert response.status_code == 200
    assert "Écrivez la date comme jj/mm/aaaa" in page_of(response)
    assert kept(draft)["birth_date"] == "31/02/2011"
    assert 'value="31/02/2011"' in page_of(author.get(address(draft, "jeune")))


def test_going_back_keeps_what_is_typed_even_wrong(author):
    draft = begin(author)

    response = author.post(
        address(draft, "jeune"), {"given_names": "Léa", "birth_date": "hier", "back": "1"}
    )

    assert response["Location"] == address(draft, "danger")
    assert kept(draft)["given_names"] == "Léa"


def test_a_kept_day_is_shown_as_one_writes_it(author):
    draft = begin(author)
    author.post(address(draft, "jeune"), ANSWERS["jeune"])

    page = page_of(author.get(address(draft, "jeune")))

    assert 'value="20/05/2011"' in page
    assert 'value="Lille (59350)"' in page


def test_several_communes_of_one_name_are_laid_out_to_choose_from(author):
    draft = begin(author)
    asked = ANSWERS["jeune"] | {"commune": "Saint-Denis"}

    page = page_of(author.post(address(draft, "jeune"), asked))

    assert "choisissez la bonne" in page
    assert "Saint-Denis (93)" in page
    chosen = asked | {"commune_chosen": "Saint-Denis|Saint-Denis (93066)"}
    response = author.post(address(draft, "jeune"), chosen)
    assert response["Location"] == address(draft, "faits")
    assert kept(draft)["commune"] == "Saint-Denis (93066)"


def test_a_choice_made_for_another_name_counts_for_nothing(author):
    draft = begin(author)
    answers = {"commune": "Lille", "commune_chosen": "Saint-Denis|Saint-Denis (93066)"}

    author.post(address(draft, "jeune"), ANSWERS["jeune"] | answers)

    assert kept(draft)["commune"] == "Lille (59350)"


@pytest.mark.parametrize("typed", ["Zzyzx-les-Bains", "98800"])
def test_a_commune_that_is_not_ours_says_what_to_do(author, typed):
    draft = begin(author)

    response = author.post(address(draft, "jeune"), ANSWERS["jeune"] | {"commune": typed})

    assert response.status_code == 200
    assert response.context["form"].errors["commune"]


def test_signs_ticked_on_the_grid_stay_ticked(author):
    response = author.post(reverse("concerns:start"), {"codes": ["RUN-1", "SCH", "nothing"]})
    with as_owner():
        draft = Draft.objects.get()
    assert response["Location"] == address(draft, "danger")

    form = author.get(address(draft, "faits")).context["form"]

    assert form.grid["RUN"].initial == ["RUN-1"]
    assert form.grid["SCH"].initial == ["SCH"]


def test_the_review_lists_by_step_what_is_missing_with_links(author):
    draft = begin(author)
    author.post(address(draft, "danger"), ANSWERS["danger"])

    response = author.get(address(draft, "envoyer"))
    page = page_of(response)

    missing = {
        part.step: [one.anchor for one in part.to_mend] for part in response.context["parts"]
    }
    assert missing["danger"] == []
    assert {"id_sex_0", "id_commune", "id_family_name", "id_birth_date"} <= set(missing["jeune"])
    assert {"id_facts", "id_exploitation_0"} <= set(missing["faits"])
    assert f'href="{address(draft, "jeune")}#id_commune"' in page
    assert "Envoyer à la cellule de recueil" not in page
    for jargon in ("true ou false", "age_estimate", "unknown", "INSEE"):
        assert jargon not in page


def test_an_incomplete_concern_is_not_sent(author):
    draft = begin(author)
    write_all(author, draft, faits={"facts": ""})

    response = author.post(address(draft, "envoyer"))

    assert response.status_code == 200
    with as_owner():
        assert Submission.objects.count() == 0


def test_parents_left_out_need_a_reason(author):
    draft = begin(author)
    write_all(author, draft, informes={"parents_reason": ""})

    parts = author.get(address(draft, "envoyer")).context["parts"]

    assert [(part.step, one.anchor) for part in parts for one in part.to_mend] == [
        ("informes", "id_parents_reason")
    ]


def test_sending_twice_leads_to_the_same_receipt(author, nord):
    draft = begin(author)
    write_all(author, draft)
    first = author.post(address(draft, "envoyer"))

    again = author.post(address(draft, "envoyer"))

    assert again["Location"] == first["Location"]


def test_a_draft_is_erased_after_a_confirmation(author):
    draft = begin(author)
    where = reverse("concerns:discard", args=[draft.ref])
    assert "Effacer le brouillon" in page_of(author.get(where))

    author.post(where)

    assert author.get(where).status_code == 404
    with as_owner():
        assert Draft.objects.count() == 0


def test_communes_are_proposed_as_one_types(author):
    page = page_of(author.get(reverse("concerns:communes"), {"commune": "Lille"}))

    assert '<option value="Lille (59350)">' in page
    assert page_of(author.get(reverse("concerns:communes"), {"commune": "L"})).strip() == ""


@pytest.mark.parametrize("screen", ["receipt", "complete", "withdraw"])
def test_after_sending_the_author_sees_no_fact(author, sent, screen):
    ConcernFactory(submission=sent, facts="Un fait que seul le CRIP lit.")

    page = page_of(author.get(reverse(f"concerns:{screen}", args=[sent.ref])))

    assert sent.receipt in page
    assert "Un fait que" not in page
    assert "Inventée</" not in page.split("<main")[1]


def test_the_author_of_a_concern_cannot_open_it(author, sent):
    concern = ConcernFactory(submission=sent)

    assert author.get(reverse("concerns:show", args=[concern.ref])).status_code == 403


@pytest.mark.parametrize(
    ("status", "words"),
    [("received", "Reçue"), ("in_progress", "En cours"), ("outcome_given", "Réponse donnée")],
)
def test_one_word_of_three_is_all_that_the_author_is_told(author, sofia, school, status, words):
    sent = SubmissionFactory(organisation=school, agent=sofia, status=status)

    receipt = author.get(reverse("concerns:receipt", args=[sent.ref]))

    current = [step.label for step in receipt.context["course"] if step.state == "current"]
    assert current == [words]
    assert words.lower() in page_of(author.get(reverse("concerns:sent")))


def test_a_receipt_says_what_comes_and_when(author, sent):
    page = page_of(author.get(reverse("concerns:receipt", args=[sent.ref])))

    assert "mardi 9 juin 2026" in page
    assert "sans avoir à la demander" in page


def test_the_receipt_is_printed(author, sent):
    response = author.get(reverse("concerns:acknowledgement", args=[sent.ref]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("screen", "kind"), [("complete", "complement"), ("withdraw", "withdrawal")]
)
def test_the_author_adds_facts_or_asks_for_a_withdrawal(author, sent, nord, screen, kind):
    ConcernFactory(submission=sent)
    where = reverse(f"concerns:{screen}", args=[sent.ref])
    assert author.post(where, {"text": " "}).status_code == 200

    response = author.post(where, {"text": "Elle est rentrée ce soir. [personne inventée]"})

    assert response["Location"] == reverse("concerns:receipt", args=[sent.ref])
    with as_owner():
        assert Addition.objects.get().kind == kind


def test_a_withdrawal_is_asked_once(author, sent, nord):
    ConcernFactory(submission=sent)
    where = reverse("concerns:withdraw", args=[sent.ref])
    author.post(where, {"text": "Erreur de prénom."})

    response = author.post(where, {"text": "Encore."})

    assert "déjà demandé le retrait" in page_of(response)
