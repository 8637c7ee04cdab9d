"""The CRIP's list: what it shows, how it is filtered, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from detect.concerns.screens.concerns import decided, evaluated, proposed, received, to
from factories import MinorFactory, RowFactory
from fanal.ground.agents.models import SavedFilter

LIST = "concerns:list"


class SavedFilterFactory(RowFactory[SavedFilter]):
    class Meta:
        model = SavedFilter


@pytest.fixture
def crip(signed_in, nadia):
    return signed_in(nadia)


def receipts(response):
    return [row.concern.receipt for row in response.context["rows"]]


def shown(client, **asked):
    """Filters are posted when a name is among them; the list is then read at an address."""
    if "q" in asked:
        return receipts(client.post(reverse(LIST), asked, follow=True))
    return receipts(client.get(reverse(LIST), asked))


def test_no_address_holds_a_name(crip, signed_in, ines):
    """The mark of a search is the reader's; elsewhere it means nothing, and a name is not heard."""
    concern = received(minor=MinorFactory(given_names="Mélissa", family_name="Chimère"))
    received()

    answer = crip.post(reverse(LIST), {"q": "melissa", "shown": "all"})

    assert "melissa" not in answer.headers["Location"]
    assert "shown=all" in answer.headers["Location"]
    assert receipts(crip.get(answer.headers["Location"])) == [concern.receipt]
    page = crip.get(answer.headers["Location"]).content.decode()
    assert "?q=" not in page
    assert "&amp;q=" not in page
    elsewhere = signed_in(ines).get(answer.headers["Location"])
    assert len(receipts(elsewhere)) == 2
    assert len(receipts(crip.get(reverse(LIST), {"q": "melissa"}))) == 2


def test_a_row_says_what_helps_to_choose(crip):
    concern = received(immediate_danger=True, missing_now=True, exploitation="confirmed")

    page = crip.get(reverse(LIST)).content.decode()

    assert f'href="{to("show", concern)}"' in page
    words = ("L. I.", "Lille", "établissement scolaire", "danger immédiat", "introuvable")
    for said in (*words, "exploitation confirmée", "Reçue"):
        assert said in page
    assert "Inventée" not in page.split("<tbody>")[1]
    assert concern.facts not in page


def test_a_danger_that_nobody_opened_comes_first_then_the_nearest_clock(crip):
    late = received(target_due_at=now() - timedelta(days=1))
    soon = received(target_due_at=now() + timedelta(days=1))
    danger = received(immediate_danger=True, target_due_at=now() + timedelta(days=9))

    assert shown(crip) == [danger.receipt, late.receipt, soon.receipt]


def test_the_list_is_filtered(crip, nadia, karim):
    fresh = received()
    late = received(target_due_at=now() - timedelta(days=1), status="first_analysis")
    missing = received(missing_now=True, exploitation="none", commune_id="59512")
    to_decide = evaluated(karim)
    to_sign = proposed(nadia, karim)
    over = decided(nadia, status="closed")

    assert over.receipt not in shown(crip)
    assert shown(crip, shown="late") == [late.receipt]
    assert shown(crip, shown="sign") == [to_sign.receipt]
    assert shown(crip, shown="ended") == [over.receipt]
    assert set(shown(crip, shown="new")) == {fresh.receipt, missing.receipt}
    assert set(shown(crip, status="evaluated")) == {to_decide.receipt, to_sign.receipt}
    assert shown(crip, flag="missing") == [missing.receipt]
    assert shown(crip, exploitation="none") == [missing.receipt]
    assert shown(crip, commune="roubaix") == [missing.receipt]
    assert shown(crip, q=missing.receipt) == [missing.receipt]


def test_a_name_is_found_as_it_is_heard(crip):
    concern = received(minor=MinorFactory(given_names="Mélissa", family_name="Chimère"))
    received()

    assert shown(crip, q="melissa") == [concern.receipt]
    assert shown(crip, q="chimere") == [concern.receipt]


def test_a_word_of_the_facts_finds_nobody(crip):
    received(facts="Un hôtel près de la gare. [personne inventée]")

    assert shown(crip, q="hôtel") == []


def test_a_filter_that_makes_no_sense_hides_nothing(crip):
    concern = received()

    assert shown(crip, shown="nonsense", status="x") == [concern.receipt]
    assert shown(crip, sort="nonsense", page="none") == [concern.receipt]


@pytest.mark.parametrize(("sort", "turned"), [("received", False), ("-received", True)])
def test_the_list_is_sorted_by_its_headings(crip, sort, turned):
    old = received(received_at=now() - timedelta(days=9))
    new = received(received_at=now() - timedelta(days=1))
    expected = [old.receipt, new.receipt]

    assert shown(crip, sort=sort) == (expected[::-1] if turned else expected)


def test_an_empty_list_says_why_and_what_comes_next(crip):
    assert "Aucune information ouverte." in crip.get(reverse(LIST)).content.decode()
    page = crip.post(reverse(LIST), {"q": "personne"}, follow=True).content.decode()
    assert "ne répond à ces filtres" in page
    assert "Tout afficher" in page


def test_saved_filters_stand_above_the_list_each_for_its_agent(crip, nadia, ines):
    SavedFilterFactory(agent=nadia, screen=LIST, name="En retard", query="shown=late")
    SavedFilterFactory(agent=ines, screen=LIST, name="À Inès", query="shown=sign")
    SavedFilterFactory(agent=nadia, screen="reports:list", name="Ailleurs", query="")

    response = crip.get(reverse(LIST), {"shown": "late"})

    assert [(one.label, one.current) for one in response.context["saved"]] == [("En retard", True)]


def test_the_filters_at_hand_can_be_kept(crip):
    received()
    page = crip.get(reverse(LIST), {"flag": "danger"}).content.decode()

    assert "screen=concerns%3Alist&amp;query=flag%3Ddanger" in page
    assert "Garder ce filtre" not in crip.get(reverse(LIST)).content.decode()


def test_the_export_follows_the_filters_and_names_nobody(crip):
    wanted = received(missing_now=True)
    left_out = received()

    response = crip.get(reverse("concerns:export"), {"flag": "missing"})
    table = response.content.decode("utf-8-sig")

    assert response["Content-Type"].startswith("text/csv")
    assert wanted.receipt in table
    assert left_out.receipt not in table
    assert "Inventée" not in table
    assert wanted.facts not in table


def test_the_preview_is_the_essential_of_the_same_address(crip):
    concern = received()

    response = crip.get(
        to("show", concern),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/x/?shown=late"},
    )
    page = response.content.decode()

    assert page.lstrip().startswith('<aside class="desk-aside" id="apercu"')
    assert concern.facts in page
    assert f'{reverse(LIST)}?shown=late"' in page
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("asked", [{}, {"shown": "all", "sort": "-due"}, {"q": "inventee"}])
def test_the_list_costs_the_same_whatever_its_length(signed_in, nadia, asked):
    def cost():
        client = signed_in(nadia)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse(LIST), asked, follow=True)
            assert answer.status_code == 200
        return len(queries)

    for _ in range(3):
        received()
    few = cost()
    for _ in range(27):
        received()

    assert cost() == few


def test_the_list_stays_within_its_queries(signed_in, nadia, django_assert_max_num_queries):
    for _ in range(30):
        received()
    client = signed_in(nadia)

    with django_assert_max_num_queries(13):
        client.get(reverse(LIST), {"page": "2"})
