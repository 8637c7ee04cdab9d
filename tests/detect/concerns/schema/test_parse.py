"""Schema 1: what is accepted, and each refusal with the words that mend it."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from detect.concerns.schema.sample import ABSENT, NOW, NOWHERE, concern, errors_of, parse
from fanal.detect.concerns.schema import InvalidConcern
from fanal.detect.concerns.schema.parse import (
    ADULT,
    AND_OTHERS,
    BORN_AFTER,
    IN_THE_FUTURE,
    MOST_ERRORS,
    OTHER_ADULT,
    UNREADABLE,
)
from fanal.detect.concerns.schema.published import EXAMPLE

SENTENCE = re.compile(r"^[A-ZÀÉ«].*[.!]$", re.DOTALL)


def test_the_example_of_the_documentation_is_accepted():
    accepted = parse(EXAMPLE)

    assert accepted.external_ref == "CLG-2026-0042"
    assert accepted.received_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert accepted.minor.birth_date == date(2011, 4, 23)
    assert accepted.indicators == ["RUN-1", "MAT-1", "REL-2"]


def test_the_required_fields_are_enough():
    optional = ("other_minors", "holders", "indicators", "minor__school", "minor__given_names")

    accepted = parse(concern(**dict.fromkeys(optional, ABSENT)))

    assert (accepted.other_minors, accepted.holders, accepted.indicators) == ([], [], [])
    assert accepted.minor.given_names is None


REQUIRED = [
    "external_ref", "received_at", "commune", "author", "minor", "facts", "immediate_danger",
    "missing_now", "child_informed", "parents_informed", "exploitation", "author.kind",
    "author.name", "author.contact", "author.function", "minor.sex", "parents_informed.value",
    "parents_informed.reason", "holders.0.name",
]  # fmt: skip


@pytest.mark.parametrize("field", REQUIRED)
@pytest.mark.parametrize("value", [ABSENT, None], ids=["absent", "null"])
def test_a_required_field_is_asked_for(field, value):
    errors = errors_of(concern(**{field.replace(".", "__"): value}))

    assert list(errors) == [field]
    assert SENTENCE.match(errors[field][0])


@pytest.mark.parametrize(
    "field",
    ["external_ref", "author.name", "author.contact", "author.function", "facts",
     "parents_informed.reason", "holders.0.name"],
)  # fmt: skip
@pytest.mark.parametrize(
    "blank", ["", "  \t\n ", "\u00a0\u2003", "\u200b\ufeff", "\u3164", "\u2800"]
)
def test_a_blank_text_is_as_good_as_none(field, blank):
    assert list(errors_of(concern(**{field.replace(".", "__"): blank}))) == [field]


def test_a_missing_field_says_what_to_write():
    (message,) = errors_of(concern(commune=ABSENT))["commune"]

    assert message == (
        "Ce champ est obligatoire. Code INSEE (pas le code postal) de la commune où le jeune vit "
        "ou séjourne."
    )


@pytest.mark.parametrize("kind", ["family", "other"])
@pytest.mark.parametrize("function", [ABSENT, None, ""])
def test_family_and_others_need_no_function(kind, function):
    accepted = parse(concern(author__kind=kind, author__function=function))

    assert accepted.author.function == ""


@pytest.mark.parametrize(
    "kind", ["helpline", "school", "health", "police", "association", "child_welfare"]
)
def test_a_professional_gives_a_function(kind):
    assert list(errors_of(concern(author__kind=kind, author__function=" "))) == ["author.function"]
    assert parse(concern(author__kind=kind)).author.kind == kind


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minor__given_names": None, "minor__family_name": " "}, "minor.family_name"),
        ({"minor__birth_date": ABSENT}, "minor.birth_date"),
        ({"other_minors": [{"tie": "sœur"}]}, "other_minors.0"),
        ({"other_minors": [{}]}, "other_minors.0"),
    ],
)
def test_a_minor_has_a_name_and_an_age(changes, field):
    assert list(errors_of(concern(**changes))) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"minor__given_names": ABSENT},
        {"minor__family_name": ABSENT},
        {"minor__birth_date": ABSENT, "minor__age_estimate": 0},
        {"minor__birth_date": None, "minor__age_estimate": 17},
        {"minor__age_estimate": 14},
        {"other_minors": [{"age_estimate": 0}, {"family_name": "I"}, {"birth_date": "2015-02-28"}]},
        {"other_minors": [{"given_names": "Ève", "sex": "F", "tie": "sœur", "address": "A\nB"}]},
        {"minor__given_names": "Nguyễn Ánh", "minor__family_name": "الاختراع"},
        {"minor__given_names": "Олена", "minor__family_name": "O’Brien-d'Invention"},
        {"minor__address": "Chez sa tante\n12 rue imaginaire"},
        {"facts": "Ligne 1\nLigne 2\tcolonne"},
        {"facts": "x"},
        {"facts": "Voir https://annonces.exemple/12?a=1&b=2 (page fermée depuis)."},
        {"indicators": ["RUN", "RUN-1", "RUN-1"]},
        {"parents_informed": {"value": "yes"}},
        {"parents_informed": {"value": "yes", "reason": "Au téléphone."}},
    ],
)  # fmt: skip
def test_what_the_schema_allows_is_accepted(changes):
    assert errors_of(concern(**changes)) == {}


WRONG_TYPES = [
    *[("external_ref", v) for v in (12, True, [], {}, 1.5)],
    *[("received_at", v) for v in (1_772_000_000, True, [], {}, 1.5)],
    *[("commune", v) for v in (35238, [], {})],
    *[("author", v) for v in ("Camille", [], 1, True)],
    *[("author.kind", v) for v in ("School", "école", 1, [], {}, True)],
    *[("author.name", v) for v in (1, [], {})],
    *[("author.function", v) for v in (1, [], {}, False)],
    *[("minor", v) for v in ("Alix", [], 1)],
    *[("minor.given_names", v) for v in (1, ["Alix"], {})],
    *[("minor.birth_date", v) for v in (20110423, 2011, [], {}, 0, True)],
    *[("minor.age_estimate", v) for v in (-1, 18, 14.5, 14.0, "14", True, [], 10**400)],
    *[("minor.sex", v) for v in ("f", "G", "", 1, [], True)],
    *[("minor.address", v) for v in (1, [], {})],
    *[("minor.school", v) for v in (1, [], {})],
    *[("facts", v) for v in (1, ["a"], {}, True)],
    *[("immediate_danger", v) for v in (0, 1, "true", "false", "yes", "", [], 1.0)],
    *[("missing_now", v) for v in (0, 1, "true", "no")],
    *[("child_informed", v) for v in (0, 1, "True", {})],
    *[("parents_informed", v) for v in (True, "yes", [])],
    *[("parents_informed.value", v) for v in (True, "oui", "YES", "", 1)],
    *[("parents_informed.reason", v) for v in (1, [], {})],
    *[("exploitation", v) for v in ("", "None", True, "oui", [], 0)],
    *[("other_minors", v) for v in ({}, "Sacha", 1, True)],
    *[("other_minors.0", v) for v in ("Sacha", [], 1)],
    *[("other_minors.0.sex", v) for v in ("fille", 1)],
    *[("other_minors.0.age_estimate", v) for v in (18, "9", -1)],
    *[("other_minors.0.birth_date", v) for v in ("2015", 2015)],
    *[("holders", v) for v in ({}, "Dominique", 1)],
    *[("holders.0", v) for v in ("Dominique", [], 1)],
    *[("holders.0.tie", v) for v in (1, [])],
    *[("indicators", v) for v in ("RUN", {}, 1)],
]


@pytest.mark.parametrize(("field", "value"), WRONG_TYPES)
def test_a_value_of_another_type_is_refused(field, value):
    errors = errors_of(concern(**{field.replace(".", "__"): value}))

    assert list(errors) == [field]
    assert all(SENTENCE.match(message) for message in errors[field])


@pytest.mark.parametrize("value", [[1], [None], [["RUN"]], [True]])
def test_an_indicator_is_a_text(value):
    assert list(errors_of(concern(indicators=value))) == ["indicators.0"]


@pytest.mark.parametrize("codes", [["RUN-99"], ["run-1"], ["RUN-1", "ZZZ"], [""], ["RUN-1 "]])
def test_an_indicator_is_in_the_grid(codes):
    (message,) = errors_of(concern(indicators=codes))["indicators"]

    assert "RUN, SCH, MAT, DIG, REL, HLT, HIS, SAY" in message


def test_indicators_are_kept_once_and_in_the_order_of_the_grid():
    assert parse(concern(indicators=["SAY-1", "RUN", "RUN-2", "SAY-1"])).indicators == [
        "RUN",
        "RUN-2",
        "SAY-1",
    ]


@pytest.mark.parametrize("data", [None, 1, 1.5, "texte", True, [], [{}]])
def test_what_is_not_an_object_is_an_error_of_the_line(data):
    assert list(errors_of(data)) == ["_line"]


@pytest.mark.parametrize(
    "field", ["photo", "Facts", "author.phone", "minor.nickname", "parents_informed.why",
              "other_minors.0.nir", "holders.0.address"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["x", None, {"a": [1]}])
def test_an_unknown_field_is_refused_even_when_null(field, value):
    errors = errors_of(concern(**{field.replace(".", "__"): value}))

    assert list(errors) == [field]
    assert "Champ inconnu" in errors[field][0]


@pytest.mark.parametrize(
    "written",
    ["2026-03-02T09:30:00+01:00", "2026-03-02T09:30+01:00", "2026-03-02T08:30:00Z",
     "2026-03-02t08:30:00z", "2026-03-02 08:30:00Z", "2026-03-02T08:30:00.000000Z",
     "2026-03-02T08:30:00,0Z", "2026-03-02T09:30:00+0100", "2026-03-02T09:30:00+01",
     "2026-03-02T08:30:00-00:00", "2026-03-01T20:30:00-12:00"],
)  # fmt: skip
def test_a_moment_is_read_with_its_zone(written):
    assert parse(concern(received_at=written)).received_at == datetime(
        2026, 3, 2, 8, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "written",
    ["", "hier", "2026-03-02", "2026-03-02T09:30:00", "02/03/2026 09:30", "2026-02-30T09:30:00Z",
     "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z", "2026-03-02T09:30:60Z", "1772440200",
     "2026-03-02T09:30:00 Europe/Paris", "2026-03-02T09:30:00+25:00", "2026-W10-1T09:30:00Z",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "٢٠٢٦-03-02T09:30:00Z",
     "2007-03-05T23:59:59Z", "0206-03-02T09:30:00Z"],
)  # fmt: skip
def test_a_moment_without_zone_or_sense_is_refused(written):
    errors = errors_of(concern(received_at=written))

    assert list(errors) == ["received_at"]
    assert SENTENCE.match(errors["received_at"][0])


def test_nothing_is_received_in_the_future():
    assert errors_of(concern(received_at=NOW.isoformat())) == {}
    later = (NOW + timedelta(seconds=1)).isoformat()
    assert errors_of(concern(received_at=later)) == {"received_at": [IN_THE_FUTURE]}


@pytest.mark.parametrize(
    "written", ["2011-02-29", "2011-13-01", "0000-01-01", "23/04/2011", "2011-4-23", "2011", "",
                "2011-04-23T00:00:00Z", "20110423", "inconnue", "٢٠١١-04-23"],
)  # fmt: skip
@pytest.mark.parametrize("whose", ["minor", "other_minors.0"])
def test_a_birth_date_is_a_real_day(written, whose):
    path = f"{whose}.birth_date"
    errors = errors_of(concern(**{path.replace(".", "__"): written}))

    assert list(errors) == [path]
    assert SENTENCE.match(errors[path][0])


def born(day: str, *, received: str = "2026-03-02T09:30:00+01:00", commune: str = "35238"):
    return errors_of(concern(minor__birth_date=day, received_at=received, commune=commune))


def test_a_birth_date_is_not_in_the_future():
    assert born("2026-03-10") == {"minor.birth_date": [IN_THE_FUTURE]}
    assert born("2026-03-09") == {"minor.birth_date": [BORN_AFTER]}
    assert born("2026-03-02") == {}
    other = concern(other_minors=[{"birth_date": "2030-01-01"}])
    assert errors_of(other) == {"other_minors.0.birth_date": [IN_THE_FUTURE]}


def test_an_adult_is_sent_to_other_doors():
    assert born("2008-03-03") == {}
    assert born("2008-03-02") == {"minor.birth_date": [ADULT]}
    assert born("1950-01-01") == {"minor.birth_date": [ADULT]}
    assert "17" in ADULT
    assert "116 006" in ADULT
    other = concern(other_minors=[{"birth_date": "2008-03-02"}])
    assert errors_of(other) == {"other_minors.0.birth_date": [OTHER_ADULT]}


def test_the_age_is_that_of_the_day_of_reception_and_not_of_the_import():
    years_later = NOW + timedelta(days=3 * 365)

    assert errors_of(concern(minor__birth_date="2008-03-03"), now=years_later) == {}


def test_the_day_of_reception_is_that_of_the_commune():
    at_night = "2026-03-02T22:30:00Z"

    assert born("2008-03-03", received=at_night) == {}
    assert born("2008-03-03", received=at_night, commune="97411") == {"minor.birth_date": [ADULT]}
    assert born("2008-03-02", received="2026-03-02T02:00:00Z", commune="97209") == {}


def test_born_on_a_29_february_one_stays_a_minor_until_1_march():
    assert born("2008-02-29", received="2026-02-28T12:00:00Z") == {}
    assert born("2008-02-29", received="2026-03-01T12:00:00Z") == {"minor.birth_date": [ADULT]}


def test_the_refusal_of_the_map_goes_under_commune():
    assert errors_of(concern(commune="99999")) == {"commune": [NOWHERE]}


@pytest.mark.parametrize(
    "code", ["", "3523", "352380", "Rennes", "35 238", "2C004", "٣٥٢٣٨", "A2004"]
)
def test_a_commune_is_an_insee_code(code):
    errors = errors_of(concern(commune=code))

    assert list(errors) == ["commune"]
    assert "Code INSEE" in errors["commune"][0]


def test_the_map_says_better_than_a_pattern_what_to_write_instead():
    assert errors_of(concern(commune="LILLE")) == {"commune": [NOWHERE]}


def test_a_corsican_code_may_be_written_small():
    assert parse(concern(commune=" 2a004 ")).commune == "2A004"


CONTROLS = [*range(9), *range(11, 13), *range(14, 32), *range(0x7F, 0xA0)]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
@pytest.mark.parametrize("place", ["début", "milieu", "fin"])
def test_a_control_character_is_refused_in_the_facts(code, place):
    text = {"début": f"{chr(code)}ab", "milieu": f"a{chr(code)}b", "fin": f"ab{chr(code)}"}[place]

    (message,) = errors_of(concern(facts=text))["facts"]

    assert f"U+{code:04X}" in message


TEXTS = [
    "external_ref", "author.name", "author.function", "author.contact", "minor.given_names",
    "minor.family_name", "minor.address", "minor.school", "facts", "parents_informed.reason",
    "other_minors.0.given_names", "other_minors.0.family_name", "other_minors.0.tie",
    "other_minors.0.school", "other_minors.0.address", "holders.0.name", "holders.0.tie",
    "holders.0.contact",
]  # fmt: skip


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\x85", "\r"], ids=ascii)
def test_no_text_holds_a_control_character(field, hidden):
    assert list(errors_of(concern(**{field.replace(".", "__"): f"a{hidden}b"}))) == [field]


ANYWHERE = [*TEXTS, "commune", "received_at", "author.kind", "minor.sex", "minor.birth_date",
            "exploitation", "photo", "minor.photo"]  # fmt: skip


@pytest.mark.parametrize("field", ANYWHERE)
@pytest.mark.parametrize("hidden", ["\x00", "\ud800"], ids=ascii)
def test_nul_and_half_characters_are_refused_anywhere(field, hidden):
    errors = errors_of(concern(**{field.replace(".", "__"): f"a{hidden}b"}))

    assert list(errors) == [field]
    json.dumps(errors, ensure_ascii=False).encode()


def test_half_characters_are_refused_in_lists_and_in_names_of_fields():
    assert errors_of(concern(indicators=["\ud800"])) == {"indicators.0": [UNREADABLE]}
    assert errors_of(concern() | {"a\udc00b": 1}) == {"a�b": [UNREADABLE]}


LENGTHS = {
    "external_ref": 200, "author.name": 200, "author.function": 200, "author.contact": 500,
    "minor.given_names": 200, "minor.family_name": 200, "minor.address": 500, "minor.school": 200,
    "facts": 20_000, "parents_informed.reason": 2_000, "other_minors.0.given_names": 200,
    "other_minors.0.tie": 200, "holders.0.name": 200, "holders.0.contact": 500,
}  # fmt: skip


@pytest.mark.parametrize(("field", "longest"), LENGTHS.items())
def test_a_text_is_as_long_as_the_schema_says_and_no_longer(field, longest):
    path = field.replace(".", "__")

    assert errors_of(concern(**{path: "é" * longest})) == {}
    assert errors_of(concern(**{path: "  " + "e\u0301" * longest + "\n"})) == {}
    for length in (longest + 1, 10 * longest + 5_000):
        (message,) = errors_of(concern(**{path: "é" * length}))[field]
        assert str(longest) in message


@pytest.mark.parametrize(
    ("field", "item", "most"),
    [
        ("other_minors", {"age_estimate": 3}, 20),
        ("holders", {"name": "Dominique Inventé"}, 10),
        ("indicators", "RUN-1", 200),
    ],
)
def test_a_list_is_as_long_as_the_schema_says_and_no_longer(field, item, most):
    assert errors_of(concern(**{field: [item] * most})) == {}
    assert list(errors_of(concern(**{field: [item] * (most + 1)}))) == [field]


MANY_LINES = {"author.contact", "minor.address", "facts", "parents_informed.reason",
              "other_minors.0.address", "holders.0.contact"}  # fmt: skip
ONE_LINE = sorted(set(TEXTS) - MANY_LINES)


@pytest.mark.parametrize("field", ONE_LINE)
@pytest.mark.parametrize("inside", ["\n", "\t", "\r\n", "\u2028"], ids=ascii)
def test_a_name_stands_on_one_line(field, inside):
    path = field.replace(".", "__")

    assert list(errors_of(concern(**{path: f"a{inside}b"}))) == [field]
    assert errors_of(concern(**{path: f"{inside}ab{inside}"})) == {}


def test_texts_take_one_written_form():
    accepted = parse(
        concern(
            facts="\ufeff  Re\u0301union\r\nlundi\u2028mardi\u2029 \n",
            minor__given_names="  Ele\u0301a ",
        )
    )

    assert accepted.facts == "Réunion\nlundi\nmardi"
    assert accepted.minor.given_names == "Eléa"


def test_stacked_accents_are_refused():
    assert errors_of(concern(minor__given_names="a" + "\u0301" * 30)) == {}
    for text in ("a" + "\u0301" * 31, "a" + "\u0301\u0327" * 10_000):
        assert list(errors_of(concern(facts=text))) == ["facts"]


def test_every_error_is_told_at_once():
    spoiled = concern(
        received_at="hier", commune="99999", minor__birth_date="2001-01-01", minor__sex="?",
        facts="", parents_informed__reason=None, photo=1,
    )  # fmt: skip

    assert set(errors_of(spoiled)) == {
        "received_at", "commune", "minor.birth_date", "minor.sex", "facts",
        "parents_informed.reason", "photo",
    }  # fmt: skip


def test_a_flood_of_errors_stays_readable():
    errors = errors_of(concern() | {f"champ {number}": 1 for number in range(10_000)})

    assert len(errors) == MOST_ERRORS + 1
    assert errors["_line"] == [AND_OTHERS]


def test_the_name_of_an_unknown_field_is_shown_without_tricks():
    (shown,) = errors_of(concern() | {"a\u202eb\x1b[31m" + "c" * 200: 1})

    assert shown.isprintable()
    assert len(shown) < 80


def test_a_refusal_keeps_the_senders_reference_to_find_the_row():
    for written, kept in [(" REF-1 ", "REF-1"), (12, None), ("", None), ("data:image/png,x", None)]:
        with pytest.raises(InvalidConcern) as refusal:
            parse(concern(external_ref=written, facts=""))
        assert refusal.value.external_ref == kept


def test_a_document_as_deep_as_json_allows_is_refused_and_breaks_nothing():
    deep: object = "fond"
    for _ in range(50_000):
        deep = [deep]

    assert errors_of(concern(facts=deep, extra=deep)).keys() == {"facts", "extra"}


def test_an_accepted_concern_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        parse(EXAMPLE).facts = "autre"  # type: ignore[misc]
