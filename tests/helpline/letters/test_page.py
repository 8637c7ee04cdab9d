"""The public pages without script: no cookie, no word in an address, danger said before all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.chosen import keep_first_key
from fanal.ground.shell.visitors import FIELD
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.use_cases import Received
from helpline.letters.sending import SAID, answered
from past import past
from visitor import but_its_token

pytestmark = pytest.mark.django_db
WRITE, BACK = reverse("letters:write"), reverse("letters:come_back")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def words_of(page: str) -> list[str]:
    found = re.search(r'class="letter-code">(.*?)</p>', page)
    assert found
    return re.findall(r"<span>(.*?)</span>", found[1])


def duress_of(page: str) -> str:
    found = re.search(r'class="letter-word">(.*?)</strong>', page)
    assert found
    return found[1]


@pytest.fixture
def kept(client: Client, helpline: Organisation) -> str:
    form = client.get(WRITE).content.decode()
    return client.post(WRITE, {"text": SAID, "sent": hidden(form, "sent")}).content.decode()


def test_one_writes_and_is_given_five_words(client: Client, kept: str) -> None:
    assert len(words_of(kept)) == 5
    assert "ne seront plus montrés" in kept
    assert "oblige à donner le code" in kept
    assert SAID not in kept
    assert past(LetterText).get().text == SAID


def test_one_comes_back_reads_and_adds_a_word(client: Client, kept: str, maya: Agent) -> None:
    code = " ".join(words_of(kept))
    page = client.post(BACK, {"code": code}).content.decode()
    assert "Pas encore de réponse" in page
    answered(maya, Received(past(Letter).get().ref, None), "Nous sommes là.")
    page = client.post(BACK, {"code": code.upper()}).content.decode()
    assert "Nous sommes là." in page
    assert SAID not in page
    word = {name: hidden(page, name) for name in ("token", "sent")}
    assert "Il faut écrire quelque chose" in client.post(BACK, word).content.decode()
    page = client.post(BACK, word | {"text": "Merci."}).content.decode()
    assert "Le mot est ajouté" in page
    assert past(LetterText).order_by("number").last().text == "Merci."


def test_a_forced_code_answers_to_the_byte_as_one_that_was_never_given(
    client: Client, kept: str
) -> None:
    words = words_of(kept)
    forced = " ".join([*words[:-1], duress_of(kept)])
    never = "abeille pâte farine zèbre zénith"
    answers = [client.post(BACK, {"code": code}) for code in (forced, never)]
    assert [one.status_code for one in answers] == [200, 200]
    pages = [but_its_token(one.content.decode()) for one in answers]
    assert pages[0] == pages[1]
    assert "n’ouvre rien" in pages[0]
    # The second at which each was answered, and nothing else, may differ.
    told = [
        {name: said for name, said in one.headers.items() if name != "Expires"} for one in answers
    ]
    assert told[0] == told[1]


def test_what_is_no_code_is_said_word_by_word(client: Client, helpline: Organisation) -> None:
    assert "Il faut les cinq mots" in client.post(BACK, {}).content.decode()
    assert "deux" in client.post(BACK, {"code": "abeille pâte"}).content.decode()


def test_no_cookie_is_set_and_no_browser_keeps_the_page(client: Client, kept: str) -> None:
    code = {"code": " ".join(words_of(kept))}
    answers = [client.get(WRITE), client.post(WRITE, {}), client.post(WRITE, {"text": "Oui."})]
    answers += [client.get(BACK), client.post(BACK, code), client.post(BACK, {"code": "a"})]
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert re.search("<title>(.*)</title>", answer.content.decode())[1] == "Fanal"  # type: ignore[index]


def test_another_site_sends_nothing_here(client: Client, helpline: Organisation) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}):
        for address in (WRITE, BACK):
            assert client.post(address, {"text": "Faux."}, headers=headers).status_code == 403
    assert not past(Letter).exists()


def test_in_danger_the_numbers_are_shown_before_it_is_sent(
    client: Client, helpline: Organisation
) -> None:
    form = client.get(WRITE).content.decode()
    sent = {"text": "Il arrive.", "danger": "on", "sent": hidden(form, "sent")}
    page = client.post(WRITE, sent).content.decode()
    for number in ("tel:17", "tel:112", "sms:114"):
        assert f'href="{number}"' in page
    assert "Il arrive." in page
    assert not past(Letter).exists()
    assert hidden(page, "sent") == sent["sent"]
    again = sent | {"seen": "1"}
    assert "La lettre est arrivée" in client.post(WRITE, again).content.decode()
    assert past(Letter).get().in_danger


def test_in_danger_the_numbers_are_shown_whatever_else_is_missing(
    client: Client, helpline: Organisation
) -> None:
    page = client.post(WRITE, {"text": "", "danger": "on"}).content.decode()
    assert 'class="danger-call"' in page
    assert not past(Letter).exists()


def test_a_danger_that_is_written_is_kept_at_once_and_shows_the_numbers(
    client: Client, kept: str
) -> None:
    assert 'class="danger-call"' not in kept
    form = client.get(WRITE).content.decode()
    sent = {"text": "Ils ont fermé à clé.", "sent": hidden(form, "sent")}
    page = client.post(WRITE, sent).content.decode()
    assert len(words_of(page)) == 5
    assert 'class="danger-call"' in page
    back = client.post(BACK, {"code": " ".join(words_of(page))}).content.decode()
    word = {name: hidden(back, name) for name in ("token", "sent")}
    added = client.post(BACK, word | {"text": "Il est devant."}).content.decode()
    assert "Le mot est ajouté" in added
    assert 'class="danger-call"' in added


def test_in_danger_a_word_meets_the_numbers_too(client: Client, kept: str) -> None:
    page = client.post(BACK, {"code": " ".join(words_of(kept))}).content.decode()
    word = {name: hidden(page, name) for name in ("token", "sent")}
    word |= {"text": "Il est là.", "danger": "on"}
    page = client.post(BACK, word).content.decode()
    assert 'href="tel:17"' in page.partition('class="public-foot"')[0]
    assert past(LetterText).count() == 1
    client.post(BACK, word | {"seen": "1"})
    assert past(Letter).get().in_danger


def test_the_demonstration_says_that_nobody_reads_and_refuses_danger(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    assert "personne ne lit" in client.get(WRITE).content.decode()
    page = client.post(WRITE, {"text": "Vite.", "danger": "on", "seen": "1"}).content.decode()
    assert "personne ne lit" in page
    assert 'href="tel:17"' in page
    # What is written is refused as what is ticked is.
    written = client.post(WRITE, {"text": "Il va me frapper ce soir."}).content.decode()
    assert 'href="tel:17"' in written
    assert "Il va me frapper ce soir." in written
    assert not past(Letter).exists()
    assert "personne ne lit" in client.post(WRITE, {"text": "Bonjour."}).content.decode()


def test_without_a_helpline_nobody_is_made_to_write(client: Client) -> None:
    page = client.get(WRITE).content.decode()
    assert "Personne ne répond ici" in page
    assert "<form" not in page
    assert "pas ouvert" in client.post(WRITE, {"text": "Bonjour."}).content.decode()


def test_a_number_or_an_address_is_asked_for_only_to_be_used(
    client: Client, helpline: Organisation
) -> None:
    for way, wrong in (("phone", "chez moi"), ("mail", "pas une adresse"), ("phone", "")):
        page = client.post(WRITE, {"text": "Ici.", "way": way, "contact": wrong}).content.decode()
        assert "il faut" in page
    assert not past(Letter).exists()
    given = {"text": "Ici.", "contact": "01 99 00 00 00", "safe_when": "Le midi."}
    client.post(WRITE, given | {"way": "phone"})
    client.post(WRITE, given)
    found = [(one.contact, one.safe_when) for one in past(Letter).order_by("pk")]
    assert found == [("01 99 00 00 00", "Le midi."), ("", "")]


def test_answers_are_kept_and_what_is_no_answer_is_none(
    client: Client, helpline: Organisation
) -> None:
    given = {"text": "Ici.", "writer": "parent", "topic": "health", "departement": "2a"}
    client.post(WRITE, given)
    client.post(WRITE, {"text": "Ici.", "departement": "chez moi"})
    found = [(one.writer, one.topic, one.departement) for one in past(Letter).order_by("pk")]
    assert found == [("parent", "health", "2A"), ("", "", "")]


def test_a_flood_is_refused_in_plain_french_and_the_text_stays(
    client: Client, helpline: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_A_MINUTE", 1)
    client.post(WRITE, {"text": "La première."})
    page = client.post(WRITE, {"text": "La seconde."}).content.decode()
    assert "n’est pas encore partie" in page
    assert "La seconde." in page


def test_sent_twice_by_an_impatient_finger_it_is_one_letter(client: Client, kept: str) -> None:
    form = client.get(WRITE).content.decode()
    sent = {"text": "Une fois.", "sent": hidden(form, "sent")}
    for _ in range(2):
        assert len(words_of(client.post(WRITE, sent).content.decode())) == 5
    assert past(Letter).count() == 2
    answered_before = past(Letter).order_by("pk").last()
    assert answered_before.last == 1


def test_at_night_with_the_keys_closed_one_writes_and_an_answer_waits_to_be_read(
    client: Client, helpline: Organisation, maya: Agent, settings: Settings, tmp_path: Path
) -> None:
    settings.FANAL_KEYRING = tmp_path / "keyring.json"
    keep_first_key()
    code = " ".join(words_of(client.post(WRITE, {"text": SAID}).content.decode()))
    answered(maya, Received(past(Letter).get().ref, None), "Nous sommes là.")
    settings.FANAL_KEY_KEEPER = "none"
    assert len(words_of(client.post(WRITE, {"text": "La nuit."}).content.decode())) == 5
    page = client.post(BACK, {"code": code}).content.decode()
    assert "ne peut pas être lue pour le moment" in page
    assert "n’est pas perdue" in page
    settings.FANAL_KEY_KEEPER = "file"
    assert "Nous sommes là." in client.post(BACK, {"code": code}).content.decode()


FIELDS = st.sampled_from(
    [
        "text",
        "writer",
        "topic",
        "departement",
        "way",
        "contact",
        "safe_when",
        "danger",
        "sent",
        "seen",
        "code",
        "token",
    ]
)


@given(
    address=st.sampled_from([WRITE, BACK]),
    sent=st.dictionaries(FIELDS, st.text(max_size=40) | st.just("a" * 9_000) | st.just("\x00")),
)
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_sent_is_answered_in_french_and_breaks_nothing(
    client: Client, helpline: Organisation, address: str, sent: dict[str, str]
) -> None:
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not re.search("Enter a|Select a|Ensure this|Null characters", answer.content.decode())


def test_a_page_that_is_too_old_keeps_nothing_and_loses_no_word(
    client: Client, helpline: Organisation
) -> None:
    first = hidden(client.get(WRITE).content.decode(), "sent")
    page = client.post(WRITE, {FIELD: "", "text": SAID, "sent": first}).content.decode()
    assert "restée ouverte trop longtemps" in page
    assert SAID in page
    assert 'href="tel:17"' in page
    assert not past(Letter).exists()
    again = {FIELD: hidden(page, FIELD), "text": SAID, "sent": first}
    assert len(words_of(client.post(WRITE, again).content.decode())) == 5
