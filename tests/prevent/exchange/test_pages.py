"""The public pages without script: no cookie, no word in an address, the code shown once."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.shell.visitors import form_token
from fanal.prevent.exchange import terms
from fanal.prevent.exchange.models import Question
from past import past
from prevent.exchange.asking import SAID, answered, asked, published
from visitor import but_its_token

pytestmark = pytest.mark.django_db
ASK, BACK = reverse("exchange:ask"), reverse("exchange:come_back")
ANSWERS = reverse("exchange:answers")


def sent(client: Client, address: str = ASK, **answers: str) -> str:
    answer = client.post(address, {"jeton": form_token()} | answers)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> list[str]:
    found = re.search(r'class="letter-code">(.*?)</p>', page)
    assert found
    return re.findall(r"<span>(.*?)</span>", found[1])


def test_one_asks_and_reads_the_answer_alone(
    client: Client, helpline: Organisation, maya: Agent
) -> None:
    form = client.get(ASK).content.decode()
    page = sent(client, text=SAID, sent=re.search(r'name="sent" value="([^"]+)"', form)[1])  # type: ignore[index]
    code = " ".join(words_of(page))
    assert SAID not in page
    assert past(Question).get().text == SAID
    assert "Pas encore de réponse" in sent(client, BACK, code=code)
    answered(maya, past(Question).get().ref, "Nous sommes là.")
    page = sent(client, BACK, code=code.upper())
    assert "Nous sommes là." in page
    assert SAID not in page


def test_a_forced_code_answers_as_one_that_was_never_given(
    client: Client, helpline: Organisation
) -> None:
    _, code = asked()
    never = "abeille pâte farine zèbre zénith"
    pages = [but_its_token(sent(client, BACK, code=one)) for one in (" ".join(code.duress), never)]
    assert pages[0] == pages[1]
    assert "n’ouvre rien" in pages[0]


def test_the_code_of_a_letter_opens_no_question(
    client: Client, helpline: Organisation, maya: Agent
) -> None:
    _, code = asked()
    answer = client.post(
        reverse("letters:come_back"), {"code": " ".join(code.words), "jeton": form_token()}
    )
    assert "n’ouvre rien" in answer.content.decode()


def test_closed_it_says_when_it_opens_and_what_else_is_open(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_EXCHANGE_HOURS = '24/7 off "Repos"'
    page = client.get(ASK).content.decode()
    assert "Personne ne lit les questions" in page
    assert "Fermé" in page
    assert 'href="tel:119"' in page
    assert reverse("letters:write") in page
    assert 'name="text"' not in page
    assert "n’est pas partie" in sent(client, text="Une question.")
    assert not past(Question).exists()
    settings.FANAL_EXCHANGE_HOURS = "Mo-Su 09:00-09:01"
    assert re.search(r"Ouvre|Ouvert", client.get(ASK).content.decode())


def test_without_anybody_to_moderate_nothing_is_taken(client: Client) -> None:
    assert "Personne ne lit les questions" in client.get(ASK).content.decode()
    assert "n’est pas partie" in sent(client, text="Une question.")


def test_no_cookie_is_set_and_no_browser_keeps_the_page(
    client: Client, helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    entry = reverse("exchange:entry", args=[published(maya, tom).ref])
    token = {"jeton": form_token()}
    answers = [client.get(one) for one in (ASK, BACK, ANSWERS, entry)]
    answers += [client.post(ASK, token | {"text": "Oui."}), client.post(BACK, token)]
    answers += [client.post(ANSWERS, token | {"words": "nuit"})]
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert re.search("<title>(.*)</title>", answer.content.decode())[1] == "Fanal"  # type: ignore[index]


def test_another_site_or_an_old_page_sends_nothing_here(
    client: Client, helpline: Organisation
) -> None:
    given = {"text": "Faux.", "jeton": form_token()}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}):
        for address in (ASK, BACK, ANSWERS):
            assert client.post(address, given, headers=headers).status_code == 403
    assert "trop longtemps" in client.post(ASK, {"text": "Faux."}).content.decode()
    assert not past(Question).exists()


def test_sent_twice_it_is_one_question(client: Client, helpline: Organisation) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert len(words_of(sent(client, text="Une fois.", sent=key))) == 5
    assert past(Question).count() == 1


def test_a_flood_is_refused_and_the_text_stays(
    client: Client, helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_A_MINUTE", 1)
    sent(client, text="La première.")
    page = sent(client, text="La seconde.")
    assert "n’est pas encore partie" in page
    assert "La seconde." in page


FIELDS = st.sampled_from(["text", "writer", "departement", "sent", "code", "words"])


@given(
    address=st.sampled_from([ASK, BACK, ANSWERS]),
    given_=st.dictionaries(FIELDS, st.text(max_size=40) | st.just("a" * 9_000) | st.just("\x00")),
)
@hypothesis_settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_sent_is_answered_in_french_and_breaks_nothing(
    client: Client, helpline: Organisation, address: str, given_: dict[str, str]
) -> None:
    page = sent(client, address, **given_)
    assert not re.search("Enter a|Select a|Ensure this|Null characters", page)


def test_a_danger_written_where_nobody_reads_puts_the_numbers_first(client: Client) -> None:
    """Somebody who is afraid writes it in the first field there is: a search is one."""
    page = client.post(
        reverse("exchange:answers"),
        {"jeton": form_token(), "words": "il me frappe, il est là, aide-moi"},
    ).content.decode()
    assert page.index("Une recherche n’est lue par personne.") < page.index("<h1>")
    calm = client.post(
        reverse("exchange:answers"), {"jeton": form_token(), "words": "dormir"}
    ).content.decode()
    assert "Une recherche n’est lue par personne." not in calm
    assert calm.count('class="danger-call"') == page.count('class="danger-call"') == 1


def test_a_danger_that_is_asked_meets_the_numbers_when_it_is_kept(
    client: Client, helpline: Organisation
) -> None:
    page = sent(client, text="Il va me frapper ce soir.")
    assert page.index('class="danger-call"') < page.index("<h1>")
    assert len(words_of(page)) == 5
    assert 'class="danger-call"' not in sent(client, text="Comment dormir ?")
