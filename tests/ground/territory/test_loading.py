"""Loading reference data: once for each version, and nothing is lost."""

import pytest

from fanal.ground.territory import loading
from fanal.ground.territory.loading import load_reference
from fanal.ground.territory.models import Commune, FormerCode, ReferenceLoad

pytestmark = pytest.mark.django_db(databases=["owner"])

COUNTS = {
    "departement": 107,
    "childwelfareauthority": 106,
    "court": 168,
    "commune": 37_000,
    "formercode": 1_977,
}


@pytest.fixture
def newer_data(monkeypatch):
    """As if a file of the package had changed."""
    monkeypatch.setattr(loading, "data_digest", lambda: "0" * 64)


def test_the_same_data_is_loaded_once(django_assert_max_num_queries):
    steps = []
    load_reference(using="owner")
    last = ReferenceLoad.objects.using("owner").get(name="territory")

    with django_assert_max_num_queries(10, using="owner"):
        counts = load_reference(using="owner", progress=lambda *step: steps.append(step))

    assert counts == COUNTS
    assert steps == []
    assert ReferenceLoad.objects.using("owner").get(name="territory").loaded_at == last.loaded_at


def test_loading_again_says_its_steps_and_changes_nothing(newer_data):
    steps = []
    before = list(Commune.objects.using("owner").order_by("code").values())

    counts = load_reference(using="owner", progress=lambda *step: steps.append(step))

    assert counts == COUNTS
    assert list(Commune.objects.using("owner").order_by("code").values()) == before
    assert steps[0] == ("départements", 1, 5)
    assert steps[-1] == ("anciens codes de commune", 5, 5)


def test_a_newer_version_corrects_what_stands(newer_data):
    Commune.objects.using("owner").filter(code="69123").update(name="Lugdunum", population=None)

    load_reference(using="owner")

    lyon = Commune.objects.using("owner").get(code="69123")
    assert lyon.name == "Lyon"
    assert lyon.population > 500_000


def test_a_place_that_left_the_data_is_kept_and_its_old_codes_are_not(newer_data):
    communes = Commune.objects.using("owner")
    left = communes.get(code="69123")
    left.code = "69999"
    left.save(using="owner", force_insert=True)
    FormerCode.objects.using("owner").create(code="69998", commune=left)

    load_reference(using="owner")

    assert communes.filter(code="69999").exists()
    assert not FormerCode.objects.using("owner").filter(code="69998").exists()
