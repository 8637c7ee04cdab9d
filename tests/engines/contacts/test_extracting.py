"""Contacts are read as a reader reads them; what is no contact is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.contacts.extracting import contacts

# A block that the French regulator keeps for fiction.
NUMBER = "+33639981234"
NUMERALS = ("0", "6", "39", "oil", "un", "quatre", "vingt", "dix", "soixante", "+", ".")
PAIRS = ("06", "39", "98", "12", "34")


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in contacts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Tél 06 39 98 12 34 merci",
        "0639981234",
        "+33 (0)6.39.98.12.34",
        "(+33) 639981234",
        "tél. 00 33 (0) 6 39 98 12 34",
        "O6 39 98 l2 34",
        "06º39º98º12º34",
        "06|39|98|12|34",
        "0 6\n3 9\n9 8\n1 2\n3 4",
        "0️⃣6️⃣3️⃣9️⃣9️⃣8️⃣1️⃣2️⃣3️⃣4️⃣",
        "٠٦ ٣٩ ٩٨ ١٢ ٣٤",
        "０６３９９８１２３４",
        "𝟎𝟔 39 98 ①② 34",
        "⓪⑥③⑨⑨⑧①②③④",
        "06 ( stp 39 -> puis 98 et ok 12 🪑 34",
        "prix 06€ 39€ 98€ 12€ 34€",
        "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
        "zéro six trente neuf quatre vingt dix huit douze trente quatre",
        "Zéro six\ntrente-neuf nonante-huit\ndouze trente-quatre",
        "zérosixtrenteneufquatrevingtdixhuitdouzetrentequatre",
        "plus trente-trois six trente-neuf 98 12 34",
        "zero six 39 nonante huit 1 2 trois quatre",
        "https://wa.me/33639981234",
        "le 1/2/2026 à 14 h 30 au 06 39 98 12 34",
        "02 61 91 54. Tél 06 39 98 12 34",
        "table 06€, chaise 39€, lampe 98€, miroir 12€, banc 34€",
        "06 table 39 chaise 98 lampe 12 miroir 34",
        "06 et après 39 (suite) 98 tiret 12 chiffre 34",
        "0639 981 234",
        "zéro six trois cent quatre-vingt-dix-neuf huit cent douze trente-quatre",
        "zérosixtrenteneufnonantehuitdouzetrentequatre",
        "z3ro s1x 39 98 d0uze tr3nte-qu4tre",
        "zero six trante neuf nonante uit douze trante katre",
        "O6 39 9B l2 34",
        "33 6 39 98 12 34",
        "la lampe f r o n t a l e 06 39 98 12 34",
        "pour t.r.o.i.s fois rien, l o c a t i o n au O6 39 98 l2 34",
        "06\u200b39\u200b98\u200b12\u200b34",
        "⁰⁶ ³⁹ ⁹⁸ ¹² ³⁴",
        "०६ ३९ ९८ १२ ३४",
        "zero six three nine nine eight one two three four",
        "zero six thirty-nine ninety-eight twelve thirty-four",
        "z é r o  s i x trente-neuf 98 12 34",
        "z.é.r.o s.i.x 39 98 d.o.u.z.e 34",
        "0six39quatrevingtdixhuit1234",
        "zéro6 39 nonante-huit12 34",
        "O6.E9.98.l2.3A",
        "double zéro trente-trois six 39 98 12 34",
        "le 06 puis le 39 puis le 98 puis le 12 et pour finir le 34",
    ],
)
def test_a_hidden_number_is_read(text: str) -> None:
    assert found(text) == [("phone", NUMBER)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zéro six septante et un huitante octante-deux nonante", "+33671808290"),
        ("zéro quatre soixante et onze quatre-vingts quatre-vingt-un dix-sept", "+33471808117"),
        ("zéro six vingt quatre-vingt-cinq trente douze", "+33620853012"),
        ("zéro six soixante quatre-vingt-douze soixante-dix un un", "+33660927011"),
        ("zéro quatre quatre-vingt-quatre vingt soixante dix onze", "+33484207011"),
        ("zéro quatre soixante et onze septante et un vingt et un un un", "+33471712111"),
        ("zéroquatresoixanteetonzevingtetunvingtsixquatrevingtun", "+33471212681"),
        ("O2 SI 9l OO Bl", "+33251910081"),
        ("zér0 six s0ixant3 3t 0nz3 vingt 3t un d0uze tr3nte", "+33671211230"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0041 79 123 45 67", "+41791234567"),
    ],
)
def test_belgian_swiss_and_french_numerals_are_told_apart(text: str, number: str) -> None:
    assert found(text) == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "le 01/02/2026 à 14 h 30",
        "le 06 mai 2026 à 12 h 30",
        "SIRET 012 345 678 00012",
        "IBAN FR76 3000 4000 0312 3456 7890 143",
        "acheté 302 euros il y a deux ans, trois chaises",
        "06 39 98 12",
        "zéro six trente-neuf",
        "mon instagram est super",
        "snap : non merci",
        "un, deux, trois, zéro souci",
        "du 05 juin au 12 juin, 20 chaises, 15 tables et 30 lampes",
        "33 chaises, 12 tables, 4 lampes",
    ],
)
def test_what_is_no_contact_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "snap : bois_12", "Snapchat→bois_12", "insta @bois_12.", "IG bois_12", "👻 bois_12",
        "mon snap c'est bois_12", "telegram t.me/bois_12", "https://instagram.com/Bois_12/",
        "TikTok @bоis_12", "écris à @bois_12",
    ],
)  # fmt: skip
def test_a_handle_is_read(text: str) -> None:
    assert found(text) == [("handle", "bois_12")]


def test_mails_and_links_are_read() -> None:
    assert found("Écrire à Atelier@exemple.fr ou voir https://www.exemple.fr/annonce/12.") == [
        ("mail", "atelier@exemple.fr"),
        ("link", "exemple.fr/annonce/12"),
    ]


def test_two_numbers_are_two_and_one_written_twice_is_one() -> None:
    text = "06 39 98 12 34 / 06.39.98.12.35 / 0639981234"

    assert found(text) == [("phone", NUMBER), ("phone", "+33639981235")]


def test_a_contact_is_quoted_as_it_is_written() -> None:
    text = "Œuvre, tél : zéro six 3️⃣9️⃣ 98 １２ 34 merci"

    (one,) = contacts(text)

    assert one.written(text).startswith("zéro six 3️⃣9️⃣ 98 １２ 34")


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    for one in contacts(text):
        assert one.value
        assert one.written(text)


@given(st.lists(st.sampled_from(NUMERALS), max_size=60))
def test_numerals_in_any_order_are_read_in_no_time(words: list[str]) -> None:
    for one in contacts(" ".join(words)):
        assert one.kind == "phone"


@given(
    st.lists(
        st.sampled_from([" ", ".", "-", "\n", " puis ", "☆", " (ok) "]), min_size=4, max_size=4
    )
)
def test_any_separators_give_the_same_number(between: list[str]) -> None:
    text = PAIRS[0] + "".join(gap + pair for gap, pair in zip(between, PAIRS[1:], strict=True))

    assert found(text) == [("phone", NUMBER)]


@pytest.mark.parametrize(
    "said",
    ["o l i ", "0.", "0 6 ", "z3r0", "01/02/2026 ", "zero six un ", "+33 ", "a.", "a-", "@a ", "a@",
     "snap ", "quatre vingt ", "deux cent ", "x", "a.fr/"],
)  # fmt: skip
def test_the_longest_text_that_a_file_may_hold_is_read_at_once(said: str) -> None:
    start = time.process_time()
    contacts(f"{said * (99_000 // len(said))} www.exemple.fr a@exemple.fr")

    assert time.process_time() - start < 3
