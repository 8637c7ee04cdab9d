"""A code leads to its commune, or to a sentence that says what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.errors import Refusal
from fanal.ground.territory.loading import read_rows
from fanal.ground.territory.models import Commune, FormerCode
from fanal.ground.territory.queries import (
    OutsideScope,
    UnknownCommune,
    communes_of_postcode,
    find_commune,
)
from fanal.ground.territory.terms import CommuneStatus

pytestmark = pytest.mark.django_db


def refusal_of(code: str) -> str:
    with pytest.raises(UnknownCommune) as refused:
        find_commune(code)
    return refused.value.message


def answer_to(code: str) -> str:
    try:
        return str(find_commune(code))
    except Refusal as refusal:
        return refusal.message


def test_a_commune_that_was_absorbed_is_found_under_its_own_code():
    pierre_benite = find_commune("69152")

    assert pierre_benite.name == "Pierre-Bénite"
    assert pierre_benite.authority.code == "69M"
    assert pierre_benite.label == "Pierre-Bénite (69), aujourd'hui Oullins-Pierre-Bénite"
    assert find_commune("69149").name == "Oullins-Pierre-Bénite"


def test_a_commune_that_changed_departement_follows_the_one_that_absorbed_it():
    escaufourt = find_commune("02285")

    assert escaufourt.departement.code == "59"
    assert escaufourt.authority.code == "59"


def test_a_code_out_of_use_leads_to_the_commune_of_today():
    assert find_commune("69232").name == "Lyon"


def test_every_code_out_of_use_leads_somewhere():
    former = FormerCode.objects.filter(commune__status=CommuneStatus.CURRENT)

    assert former.count() == len(list(read_rows("former_codes.csv"))) == 1_977


def test_a_postcode_of_paris_is_never_taken_for_a_commune_of_before_1968():
    assert find_commune("75021").authority.code == "94"
    assert "75056 (Paris)" in refusal_of("75001")


@pytest.mark.parametrize("written", ["2a004", " 2A004 ", "2A004\n"])
def test_spaces_and_small_letters_are_forgiven(written):
    assert find_commune(written).name == "Ajaccio"


def test_a_postcode_is_refused_with_the_codes_of_its_communes():
    message = refusal_of("69600")

    assert message == (
        "69600 est un code postal. "
        "Indiquez le code INSEE de la commune : 69149 (Oullins-Pierre-Bénite)."
    )


def test_a_postcode_of_many_communes_proposes_the_largest():
    largest = list(communes_of_postcode("51800").filter(status=CommuneStatus.CURRENT))
    message = refusal_of("51800")

    assert len(largest) > 5
    assert message.count("(") == 5
    assert f"{largest[0].code} ({largest[0].name})" in message
    assert message.endswith(f" ou l'une des {len(largest) - 5} autres.")


def test_a_lost_zero_is_recognised():
    assert "Indiquez 01004 si c'est bien Ambérieu-en-Bugey (01)." in refusal_of("1004")


@pytest.mark.parametrize(
    "code", ["", "abc", "6912", "691234", "2C004", "69 123", "Lyon", "\x00", "６９１２３", "2A0O4"]
)
def test_a_malformed_code_is_refused_with_examples(code):
    assert "35238 (Rennes)" in refusal_of(code)


@pytest.mark.parametrize("code", ["00000", "99999", "75200"])
def test_a_code_of_no_commune_is_refused(code):
    assert f"Aucune commune n'a le code {code}." in refusal_of(code)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_whatever_is_written_is_found_or_refused_in_french(code):
    assert answer_to(code).endswith((".", ")"))


OUTSIDE = [row["code"] for row in read_rows("communes.csv.gz") if row["code"] >= "986"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("98613", "parquet de Mata-Utu"),
        ("98735", "parquet de Papeete"),
        ("98818", "parquet de Nouméa"),
        ("98800", "parquet de Nouméa"),  # a postcode
    ],
)
def test_the_pacific_is_refused_with_whom_to_ring(code, said):
    with pytest.raises(OutsideScope) as refused:
        find_commune(code)

    assert "appelez le 17" in refused.value.message
    assert "119" in refused.value.message
    assert said in refused.value.message


def test_no_commune_of_the_pacific_is_ever_routed():
    assert len(OUTSIDE) == 84
    for code in OUTSIDE:
        with pytest.raises(OutsideScope):
            find_commune(code)


def test_where_nobody_lives_another_commune_is_asked_for():
    with pytest.raises(OutsideScope, match="pas d'habitants permanents"):
        find_commune("98412")


def test_finding_a_commune_and_all_that_it_leads_to_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        commune = find_commune("30007")
        read = (commune.authority.name, commune.court.name, commune.tpe_court.name, commune.label)

    assert read[2] == "Tribunal judiciaire de Nîmes"


def test_an_arrondissement_stands_where_its_commune_stands():
    paris, louvre = find_commune("75056"), find_commune("75101")

    assert louvre.position == paris.position == (paris.latitude, paris.longitude)
    assert find_commune("97701").position is None


def test_communes_sort_without_their_accents():
    named = Commune.objects.filter(
        departement="95", status=CommuneStatus.CURRENT, sort_name__range=("eaubonne", "fontenay")
    )

    names = [commune.name for commune in named]
    assert names.index("Eaubonne") < names.index("Écouen") < names.index("Enghien-les-Bains")
    assert names.index("Éragny-sur-Oise") < names.index("Ermont") < names.index("Ézanville")
