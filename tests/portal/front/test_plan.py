"""The plan leads to every page for whoever comes; the foot of each page leads to the plan."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from doors import addresses, holes, is_read

pytestmark = pytest.mark.django_db
# Reached from the page before it: whom the questions are for is asked first.
FROM_ANOTHER = re.compile(r"^/reperes/[a-z]+/[a-z]+/$")

# Held by the pages of other sites: it has neither head nor foot of ours.
HELD = "trouver/cadre/"


def pages_for_visitors(client: Client) -> list[str]:
    """Every whole page of the URL configuration that is for visitors and names no thing."""
    found = []
    for route, view in addresses():
        if not is_read(view) or not getattr(view, "csrf_exempt", False) or holes(route):
            continue
        if route == HELD:
            continue
        answer = client.get(f"/{route}")
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and kind.startswith("text/html"):
            found.append(f"/{route}")
    return found


def test_the_plan_leads_to_every_page_for_visitors(client: Client) -> None:
    plan = client.get("/plan/").content.decode()
    pages = pages_for_visitors(client)

    assert len(pages) > 15
    missing = [one for one in pages if f'href="{one}"' not in plan]
    assert [one for one in missing if not FROM_ANOTHER.match(one) and one != "/plan/"] == []


def test_the_foot_of_every_page_leads_to_the_plan_and_to_accessibility(client: Client) -> None:
    for address in [*pages_for_visitors(client), "/connexion/", "/inconnu/"]:
        page = client.get(address).content.decode()
        assert page.count('href="/plan/"') == 1, address
        assert "Accessibilité : " in page.split("<footer")[1], address
