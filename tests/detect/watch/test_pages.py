"""The public pages without script: numbers first, no cookie, no image, and nothing typed lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from detect.watch.telling import NOON, SAID, with_code
from fanal.detect.watch import terms, use_cases
from fanal.detect.watch.models import AlertWord, LodgingAlert
from fanal.detect.watch.terms import Lodging, Moment, Seen, Sign, Writer
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.notifications.models import Notification
from fanal.ground.shell.visitors import form_token
from past import past
from sizes import size

pytestmark = pytest.mark.django_db
ABOUT, TELL, BACK = (reverse(f"watch:{one}") for one in ("about", "tell", "come_back"))
RIGHT: dict[str, Any] = {
    "moment": "day",
    "there_now": "unknown",
    "minor": "perhaps",
    "lodging": "hotel",
    "commune": "Lille",
    "address": "40 avenue de la Légende",
    "signs": ["fear", "door"],
    "words": SAID,
    "writer": "hotel_staff",
    "contact": "03 53 01 00 09",
}


def sent(client: Client, where: str = TELL, /, **answers: Any) -> str:
    answer = client.post(where, {"jeton": form_token()} | answers)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def words_of(page: str) -> str:
    found = re.search(r'class="letter-code">(.*?)</p>', page)
    assert found
    return " ".join(re.findall(r"<span>(.*?)</span>", found[1]))


class Typed(HTMLParser):
    """What stands in the fields of a page, as a browser would send it again."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        name = given_.get("name") or ""
        if tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif tag == "input" and name:
            boxes = given_.get("type") in ("radio", "checkbox")
            if not boxes or "checked" in given_:
                self.values.setdefault(name, []).append(
                    given_.get("value", "on" if boxes else "") or ""
                )

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = [self.values[self._area][0] + data]


def test_an_alert_arrives_whole_and_its_receipt_shows_none_of_it(
    client: Client, hugo: Agent
) -> None:
    form = client.get(TELL).content.decode()
    key = re.search(r'name="sent" value="([^"]+)"', form)
    assert key
    page = sent(client, **RIGHT, sent=key[1])
    alert = past(LodgingAlert).get()
    assert (alert.departement_id, alert.commune_id) == ("59", "59350")
    assert (alert.words, alert.contact) == (SAID, "03 53 01 00 09")
    assert alert.signs == ["fear", "door"]
    assert alert.receipt in page
    assert [one.urgent for one in past(Notification).filter(agent=hugo)] == [True]
    code = words_of(page)
    # Sent again by a network that hesitates.
    again = words_of(sent(client, **RIGHT, sent=key[1]))
    assert past(LodgingAlert).count() == 1
    page = sent(client, BACK, code=again.upper())
    assert "Reçue." in page
    for typed in (SAID, "40 avenue", "03 53 01 00 09"):
        assert typed not in page
    assert "n’ouvrent rien" in sent(client, BACK, code=code)


def test_danger_shows_the_numbers_before_the_form_and_before_the_thanks(
    client: Client, hugo: Agent
) -> None:
    for page in (client.get(ABOUT).content.decode(), client.get(TELL).content.decode()):
        inside = page.partition("<main")[2].partition("</main>")[0]
        assert inside.index('href="tel:17"') < inside.index(
            "<h2" if "<form" not in inside else "<form"
        )
    wrong = sent(client, danger="on")
    assert wrong.index("appelez avant d’envoyer") < wrong.index("<form")
    # Said, or written in the words of a child who found this form and no other.
    afraid = {"words": "Je suis enfermée, il me frappe."}
    for said in ({"danger": "on"}, {"moment": "now"}, {"there_now": "yes"}, afraid):
        page = sent(client, **(RIGHT | said))
        inside = page.partition("<main")[2]
        assert inside.index('href="tel:17"') < inside.index("L’alerte est arrivée</h1>")
    assert past(LodgingAlert).filter(danger=True).count() == 1


TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
WRONG = st.fixed_dictionaries(
    {},
    optional={
        "danger": st.just("on"),
        "moment": st.sampled_from([*Moment.values, ""]),
        "there_now": st.sampled_from([*Seen.values, ""]),
        "minor": st.sampled_from([*Seen.values, ""]),
        "lodging": st.sampled_from([*Lodging.values, ""]),
        "writer": st.sampled_from([*Writer.values, ""]),
        "commune": st.sampled_from(["Lille", "Saint-Denis", "nulle part", "98735", ""]),
        "address": TEXTS | st.just("a" * 900),
        "listing": TEXTS | st.just("a" * 900),
        "signs": st.lists(st.sampled_from(Sign.values), unique=True),
        "words": TEXTS | st.just("b" * 4_001),
        "contact": TEXTS,
        "photo": st.just("image"),
        "jeton": st.just("trop vieux"),
    },
)


@given(typed=WRONG)
@hypothesis_settings(
    max_examples=size(20, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_typed_is_lost_when_something_is_wrong(
    client: Client, hugo: Agent, typed: dict[str, Any]
) -> None:
    """Whatever is wrong, the form comes back with every value, and says why in French."""
    given_ = {"jeton": form_token()} | typed
    if given_.pop("photo", None):
        given_["photo"] = SimpleUploadedFile("x.jpg", b"x", "image/jpeg")
    answer = client.post(TELL, given_)
    page = answer.content.decode()
    assert answer.status_code == 200
    if "L’alerte est arrivée" in page:
        assert "photo" not in given_
        return
    assert 'role="alert"' in page
    assert not re.search("Enter a|Select a|Ensure this|This field|Null char", page)
    found = Typed(page).values
    for name, value in typed.items():
        if name in ("photo", "jeton"):
            continue
        wanted = value if isinstance(value, list) else [value]
        shown = found.get(name, [])
        if name == "words":
            # A browser forgets the first line end of a text area, which Django writes for it.
            shown = [one.removeprefix("\n") for one in shown]
        assert sorted(shown) == sorted(one for one in wanted if one or name in found)


@pytest.mark.parametrize("where", ["words", "listing"])
def test_no_image_is_taken_as_a_file_nor_hidden_in_a_text(
    client: Client, hugo: Agent, where: str
) -> None:
    photo = SimpleUploadedFile("chambre.jpg", b"\xff\xd8\xff\xe0", "image/jpeg")
    assert "n’a pas été gardé" in sent(client, **RIGHT, photo=photo)
    page = sent(client, **(RIGHT | {where: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"}))
    assert "décrivez-le avec des mots" in page
    assert not past(LodgingAlert).exists()
    assert "enctype" not in client.get(TELL).content.decode()
    assert 'type="file"' not in client.get(TELL).content.decode()


def test_a_name_that_several_communes_bear_is_asked_about(client: Client, hugo: Agent) -> None:
    page = sent(client, **(RIGHT | {"commune": "Saint-Aubin"}))
    assert "De quelle commune" in page
    assert "40 avenue de la Légende" in page
    chosen = re.search(r'value="(Saint-Aubin\|Saint-Aubin \(59\d{3}\))"', page)
    assert chosen
    sent(client, **(RIGHT | {"commune": "Saint-Aubin", "commune_chosen": chosen[1]}))
    assert past(LodgingAlert).get().departement_id == "59"


def test_where_nobody_reads_it_is_said_and_nothing_is_kept(client: Client, hugo: Agent) -> None:
    page = sent(client, **(RIGHT | {"commune": "Marseille 13001"}))
    page = sent(client, **(RIGHT | {"commune": "13055"}))
    assert "Aucun point de contact" in page
    assert SAID in page
    assert not past(LodgingAlert).exists()


def test_a_flood_is_refused_and_the_text_stays(
    client: Client, hugo: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_A_MINUTE", 1)
    sent(client, **RIGHT)
    page = sent(client, **RIGHT)
    assert "n’est pas encore partie" in page
    assert SAID in page
    assert "L’alerte est arrivée" in sent(client, **RIGHT, danger="on")


def test_a_word_is_added_and_nothing_before_it_changes(client: Client, hugo: Agent) -> None:
    page = sent(client, **RIGHT)
    alert = past(LodgingAlert).get()
    with acting_as(hugo):
        use_cases.ask_more(agent=hugo, ref=alert.ref, text="Sont-ils encore là ?", now=NOON)
        use_cases.qualify_alert(
            agent=hugo,
            ref=alert.ref,
            decision=terms.Decision.NO_FOLLOW_UP,
            note="Motif intérieur",
            now=NOON,
        )
    page = sent(client, BACK, code=words_of(page))
    assert "Sont-ils encore là ?" in page
    assert "Close" in page
    assert "Motif intérieur" not in page
    hidden = Typed(page).values
    word = {"token": hidden["token"][0], "sent": hidden["sent"][0], "text": "Ils sont partis."}
    empty = sent(client, BACK, **(word | {"text": ""}))
    assert "Écrivez quelque chose" in empty
    for _ in range(2):
        page = sent(client, BACK, **word)
    assert "Le mot est arrivé" in page
    assert "Ils sont partis." not in page
    added = past(AlertWord).get(side="writer")
    assert added.text == "Ils sont partis."
    after = past(LodgingAlert).get()
    assert (after.state, after.word_waits, after.words) == ("received", True, SAID)
    danger = sent(client, BACK, **(word | {"sent": "", "danger": "on", "text": "Des cris !"}))
    assert danger.index("appelez le 17") < danger.index("<h1>")
    assert past(LodgingAlert).get().danger
    old = client.post(BACK, word | {"jeton": "vieux", "text": "Un mot tapé."}).content.decode()
    assert "Un mot tapé." in old
    assert past(AlertWord).count() == 3


def test_a_forced_code_or_one_of_another_room_opens_nothing(client: Client, hugo: Agent) -> None:
    _, code = with_code()
    forced = sent(client, BACK, code=" ".join(code.duress))
    assert "n’ouvrent rien" in forced
    letters = client.post(
        reverse("exchange:come_back"), {"jeton": form_token(), "code": " ".join(code.words)}
    )
    assert "n’ouvre rien" in letters.content.decode()


def test_no_cookie_no_store_no_referrer_and_a_neutral_title(client: Client, hugo: Agent) -> None:
    for answer in (*(client.get(one) for one in (ABOUT, TELL, BACK)), client.post(TELL, RIGHT)):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert re.search("<title>(.*)</title>", answer.content.decode())[1] == "Fanal"  # type: ignore[index]
        assert len(answer.content) < 100_000
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}):
        assert client.post(TELL, RIGHT, headers=headers).status_code == 403
    assert not past(LodgingAlert).exists()
