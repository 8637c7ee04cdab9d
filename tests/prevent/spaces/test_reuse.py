"""The interface that other software reads: as HSDS says it, from any site, and clear when wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from doors import addresses, filled
from fanal.ground.access.middleware import is_open
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.reuse import AT_LOCATIONS, ORGANIZATIONS, SERVICES
from fanal.prevent.spaces.terms import Tier
from past import past
from prevent.spaces.places import CONFIRMED, NOON, ServiceFactory
from prevent.spaces.whole_documents import SCHEMAS

pytestmark = pytest.mark.django_db
BASE = "/lieux/hsds"
PAGE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
    "contents",
}  # fmt: skip


def valid(table: str, document: Any) -> bool:
    schema = SCHEMAS | {"$ref": f"#/$defs/{table}"}
    return Draft202012Validator(schema, validate_formats=True).is_valid(document)


def ids(client: Client, path: str, **sent: Any) -> set[str]:
    return {one["id"] for one in client.get(f"{BASE}/{path}", sent).json()["contents"]}


@pytest.fixture
def lille(db: None) -> Service:
    return ServiceFactory(
        name="Maison de Lille", phone="03 20 00 00 00", hours="24/7", verified=CONFIRMED
    )


@pytest.fixture
def arras(db: None) -> Service:
    return ServiceFactory(
        name="Accueil d’Arras", commune_id="62041", departement_id="62", postcode="62000"
    )


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("services", "service"),
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
    ],
)
def test_each_list_is_a_page_of_the_standard_simple_or_full(
    client: Client, lille: Service, arras: Service, path: str, table: str
) -> None:
    # As HSDS writes addresses, and as the rest of Fanal does.
    for address in (f"{BASE}/{path}", f"{BASE}/{path}/"):
        page = client.get(address, {"per_page": 1}).json()
        assert set(page) == PAGE
        assert (page["total_items"], page["total_pages"], page["size"]) == (2, 2, 1)
        assert (page["first_page"], page["last_page"], page["empty"]) == (True, False, False)
    simple = client.get(f"{BASE}/{path}").json()["contents"]
    full = client.get(f"{BASE}/{path}", {"full": "true"}).json()["contents"]
    for one in (*simple, *full):
        assert valid(table, one)
        assert client.get(f"{BASE}/{path}/{one['id']}").json()["id"] == one["id"]
    assert "03 20 00 00 00" not in str(simple)
    assert ("03 20 00 00 00" in str(full)) == (table != "organization")


def test_one_of_each_is_whole_and_valid(client: Client, lille: Service) -> None:
    service = client.get(f"{BASE}/services/{lille.ref}").json()
    assert valid("service", service)
    assert service["schedules"][0]["description"] == "24/7"
    body = client.get(f"{BASE}/organizations/{lille.ref}?full_service=true").json()
    assert valid("organization", body)
    assert body["services"] == [service]
    place = client.get(f"{BASE}/service_at_locations/{lille.ref}").json()
    assert valid("service_at_location", place)
    assert place["location"]["external_identifier"] == "59350"
    nowhere = ServiceFactory(commune_id=None, latitude=None, longitude=None)
    assert client.get(f"{BASE}/service_at_locations/{nowhere.ref}").status_code == 404


def test_words_places_and_organisations_are_looked_for(
    client: Client, lille: Service, arras: Service
) -> None:
    for search in ("lille", "maison nord", "59000"):
        assert ids(client, "services", search=search) == {str(lille.ref)}
    assert ids(client, "services", search="zzz") == set()
    assert ids(client, "services", organization_id=arras.ref) == {str(arras.ref)}
    assert ids(client, "service_at_locations", postcode="62000") == {str(arras.ref)}
    around = {"postcode": "62000", "proximity": "20000"}
    assert ids(client, "service_at_locations", **around) == {str(arras.ref)}
    further = around | {"proximity": "60000"}
    assert ids(client, "service_at_locations", **further) == {str(arras.ref), str(lille.ref)}


def test_what_was_modified_since_a_day_is_known(
    client: Client, lille: Service, arras: Service
) -> None:
    ServiceFactory(tier=Tier.HIDDEN)
    past(Service).filter(pk=arras.pk).update(updated_at=NOON + timedelta(days=1))
    every = {str(lille.ref), str(arras.ref)}
    for since, found in (
        ("2026-11-28", every),
        (NOON.isoformat(), every),
        ("2026-11-28T12:00:01Z", {str(arras.ref)}),
        ("2026-11-29", {str(arras.ref)}),
        ("2027-01-01", set()),
    ):
        assert ids(client, "services", modified_after=since) == found
    said = client.get(f"{BASE}/services", {"minimal": "true"}).json()["contents"]
    assert said[0] == {"id": str(lille.ref), "modified_date": NOON.isoformat()}
    whole = client.get(f"{BASE}/services/{lille.ref}").json()
    assert whole["last_modified"] == NOON.isoformat()


def test_past_the_last_page_there_is_nothing(client: Client, lille: Service) -> None:
    page = client.get(f"{BASE}/services", {"page": "9"}).json()
    assert (page["empty"], page["last_page"], page["contents"]) == (True, True, [])


@pytest.mark.parametrize(
    ("path", "query", "wrong"),
    [
        ("services", "page=x", "page"),
        ("services", "page=-1", "page"),
        ("services", "page=0", "page"),
        ("services", "per_page=501", "per_page"),
        ("services", "per_page=²", "per_page"),
        ("services", "full=oui", "full"),
        ("services", "organization_id=12", "organization_id"),
        ("services", "taxonomy_id=1", "taxonomy_id"),
        ("services", "serach=lille", "serach"),
        ("services", "format=xml", "format"),
        ("services", "modified_after=hier", "modified_after"),
        ("services", "modified_after=2026-13-01", "modified_after"),
        ("services", "search=%00", "search"),
        ("organizations", "full_service=peut-être", "full_service"),
        ("service_at_locations", "postcode=5900", "postcode"),
        ("service_at_locations", "postcode=00000", "postcode"),
        ("service_at_locations", "proximity=100", "postcode"),
        ("service_at_locations", "proximity=loin", "proximity"),
    ],
)
def test_a_parameter_that_is_wrong_is_named_with_what_to_write(
    client: Client, path: str, query: str, wrong: str
) -> None:
    answer = client.get(f"{BASE}/{path}?{query}")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {wrong}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_there_is_said_in_json(client: Client) -> None:
    hidden = ServiceFactory(tier=Tier.HIDDEN)
    for path in ("services", "organizations", "service_at_locations"):
        answer = client.get(f"{BASE}/{path}/{hidden.ref}")
        assert (answer.status_code, set(answer.json())) == (404, {"errors"})


def test_any_site_may_read_these_addresses_and_no_other(client: Client) -> None:
    refs, read = [str(ServiceFactory().ref)], 0
    for route, view in addresses():
        if is_open(view):
            address = next(filled(route, refs))
            opened = client.get(address).headers.get("Access-Control-Allow-Origin")
            assert opened == ("*" if address.startswith(BASE) else None), address
            read += opened == "*"
    assert read == 14
    asked = client.options(f"{BASE}/services", headers={"Origin": "https://ailleurs.invalid"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Access-Control-Allow-Credentials" not in asked.headers
    assert client.post(f"{BASE}/services").status_code in (403, 405)


@settings(max_examples=60)
@given(
    path=st.sampled_from(["services", "organizations", "service_at_locations"]),
    sent=st.dictionaries(
        st.sampled_from(sorted({*SERVICES, *ORGANIZATIONS, *AT_LOCATIONS, "autre"})),
        st.text(max_size=20) | st.sampled_from(["1", "true", "59000", "0", "500", "json"]),
        max_size=5,
    ),
)
def test_whatever_is_sent_is_answered_or_explained(path: str, sent: dict[str, str]) -> None:
    answer = Client().get(f"{BASE}/{path}", sent)
    assert answer.status_code in (200, 400)
    assert set(answer.json()) == (PAGE if answer.status_code == 200 else {"errors"})


def test_the_page_for_reusers_names_each_parameter(client: Client) -> None:
    page = client.get(reverse("spaces:reuse")).content.decode()
    told = set(re.findall(r"<code>(\w+)=", page))
    assert told == {*SERVICES, *ORGANIZATIONS, *AT_LOCATIONS} - {"format"}
