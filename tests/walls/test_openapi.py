"""
The interface for software, called with whatever its OpenAPI document allows, and what it does not.

Every check of schemathesis is on. Rules that no JSON Schema says (a commune that exists, a date
that is not to come, the same reference with another content) are refused with the 422 or the 409
that the document declares: the 422 is the one status told to the check that expects acceptance,
and for the two operations that have such rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.utils.timezone import now
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from config.demonstration.world import empty_database
from factories import OrganisationFactory
from fanal.ground.agents.use_cases import create_token
from sizes import WHOLE, size
from walls.figures import say
from walls.serving import served

DOCUMENT = "/api/v1/openapi.json"
# Told by schemathesis, with 422 beside: what a valid request may be answered.
ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]
__all__ = ["empty_database"]


@pytest.fixture
def document(empty_database: None) -> Iterator[Any]:
    school = OrganisationFactory()
    token = create_token(organisation=school, label="essai", now=now())[1]
    config = SchemathesisConfig.from_dict(
        {
            "headers": {"Authorization": f"Bearer {token}"},
            "seed": 119,
            "generation": {"max-examples": size(6, 300), "database": "none"},
            # Each field spoiled in turn: 430 calls.
            "phases": {"coverage": {"enabled": WHOLE}},
            "operations": [
                {
                    "include-method": "POST",
                    "include-path": "/api/v1/concerns",
                    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
                },
                {
                    "include-method": "POST",
                    "include-path": "/api/v1/lodging-alerts",
                    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
                },
            ],
        }
    )
    with served() as address:
        yield schemathesis.openapi.from_url(f"{address}{DOCUMENT}", config=config)


def test_the_interface_does_what_its_document_says(document: Any) -> None:
    failures: list[str] = []
    answered: Counter[int] = Counter()
    for event in from_schema(document).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            failures.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            calls = event.recorder.interactions.values()
            answered.update(one.response.status_code for one in calls if one.response)
            failures.extend(_failures(event.recorder))
    told = ", ".join(f"{status} × {times}" for status, times in sorted(answered.items()))
    say(f"OpenAPI: {answered.total()} calls by schemathesis, {len(failures)} failures ({told})")
    assert failures == []
    assert {201, 401, 404, 405, 415, 422} <= set(answered) or not WHOLE
    assert {201, 422} <= set(answered)


def _failures(recorder: Any) -> list[str]:
    return [
        f"{check.name}: {recorder.cases[ident].value.as_curl_command()} {check.failure_info}"
        for ident, checks in recorder.checks.items()
        for check in checks
        if check.failure_info
    ]


def test_no_check_of_schemathesis_is_disabled(document: Any) -> None:
    names = [
        name for name in schemathesis.checks.CHECKS.get_all_names() if name != "max_response_time"
    ]
    configured = [
        document.config.checks,
        *(one.checks for one in document.config.operations.operations),
    ]
    assert len(names) >= 14
    assert all(checks.get_by_name(name=name).enabled for checks in configured for name in names)
