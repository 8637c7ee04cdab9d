"""
The CRIP's list of concerns: 10,000 of them, one authority, row-level security on.

    make bench-concerns

Every combination of filters below is asked for its first, middle and last page, through the
whole application (middleware, decision, trace, template), and once more as the owner of the
database, whom row-level security does not stop: the ratio of the two is what the wall costs.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import django

CONCERNS = 10_000
AUTHORITY = "59"
ELSEWHERE = "13"
ROUNDS = 3
PAGES = (1, 200, 400)
SHOWN = ("", "new", "late", "week", "sign", "ended", "all")
MORE = (
    {},
    {"exploitation": "suspected"},
    {"flag": "missing"},
    {"commune": "lille"},
    {"q": "lea"},
    {"status": "under_evaluation"},
    {"sort": "-received"},
)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.test"
    from fanal.config.postgres.roles import APPLICATION, OWNER
    from fanal.config.postgres.trials import start_for_tests

    server = start_for_tests()
    name = f"bench_{os.getpid()}"
    server.create_database(name)
    try:
        os.environ["DATABASE_URL"] = server.url_for(name, APPLICATION)
        os.environ["DATABASE_OWNER_URL"] = server.login_url_for(name, OWNER)
        django.setup()
        _prepare()
        _measure()
    finally:
        from django.db import connections

        connections.close_all()
        server.drop_database(name)
        server.stop()


def _prepare() -> None:
    from django.core.management import call_command

    from fanal.config.postgres.roles import APPLICATION
    from fanal.config.reference import load_all
    from fanal.ground.access.grants import grant_application

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    load_all(using="owner")
    _fill()


def _fill() -> None:
    """Rows by bulk, as the owner: what is measured is reading."""
    from django.db import connections

    from fanal.detect.concerns.models import Concern
    from fanal.ground.access.models import CaseFile
    from fanal.ground.people.models import Minor
    from fanal.ground.people.phonetics import name_keys, plain

    draw = Random(119)
    now = datetime.now(tz=UTC)
    given = ("Léa", "Inaya", "Manon", "Jade", "Sarah", "Théo", "Lina", "Camille")
    for authority, count, communes in (
        (AUTHORITY, CONCERNS, ("59350", "59512", "59599", "59183", "59606")),
        (ELSEWHERE, CONCERNS // 2, ("13055",)),
    ):
        files = CaseFile.objects.using("owner").bulk_create(
            CaseFile(authority_id=authority, opened_at=now) for _ in range(count)
        )
        minors, concerns = [], []
        for number, case_file in enumerate(files):
            name, family = draw.choice(given), f"Inventé{number % 997}"
            received = now - timedelta(minutes=draw.randint(5, 150_000))
            status = draw.choice(("received", "under_evaluation", "evaluated", "joined"))
            commune = draw.choice(communes)
            minors.append(
                Minor(
                    case_file=case_file,
                    given_names=name,
                    family_name=family,
                    birth_date=(now - timedelta(days=draw.randint(4400, 6500))).date(),
                    birth_precision="day",
                    sex="F",
                    commune_id=commune,
                    name_plain=plain(f"{name} {family}"),
                    name_keys=name_keys(name, family),
                )
            )
            concerns.append(
                Concern(
                    case_file=case_file,
                    receipt=f"IP-2026-{number:08d}",
                    authority_id=authority,
                    commune_id=commune,
                    source="school",
                    received_at=received,
                    facts="Absences répétées, deux téléphones. [personne inventée] " * 20,
                    immediate_danger=draw.random() < 0.01,
                    missing_now=draw.random() < 0.05,
                    child_informed=True,
                    parents_informed=True,
                    exploitation=draw.choice(("none", "suspected", "suspected", "confirmed")),
                    status=status,
                    opened_at=None if status == "received" else received,
                    evaluation_due=(received + timedelta(days=91)).date(),
                    target_due_at=received + timedelta(days=15),
                )
            )
        Minor.objects.using("owner").bulk_create(minors, batch_size=1000)
        Concern.objects.using("owner").bulk_create(concerns, batch_size=1000)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _requests() -> Iterator[dict[str, object]]:
    for shown, more, page in product(SHOWN, MORE, PAGES):
        yield {"shown": shown, "page": page, **more}


def _measure() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(_agent())
    timings: list[float] = []
    counts: dict[int, int] = {}
    client.get("/informations/")
    for _ in range(ROUNDS):
        for asked in _requests():
            begun = time.perf_counter()
            response = client.get("/informations/", asked)
            timings.append((time.perf_counter() - begun) * 1000)
            assert response.status_code == 200, asked
    for asked in _requests():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/informations/", asked)
        counts[len(captured)] = counts.get(len(captured), 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fanal_owner")
    bare: list[float] = []
    for asked in _requests():
        begun = time.perf_counter()
        client.get("/informations/", asked)
        bare.append((time.perf_counter() - begun) * 1000)
    _say(timings, bare, counts)


def _agent() -> object:
    from fanal.ground.agents.models import Agent, Organisation, Posting

    organisation = Organisation.objects.create(
        name="Nord (mesure)", slug="nord", kind="child_welfare", authority_id=AUTHORITY
    )
    agent = Agent.objects.create_user("nadia@fanal.invalid", name="Nadia Inventée")
    Posting.objects.create(
        agent=agent, organisation=organisation, role="crip", since=date(2020, 1, 1)
    )
    return agent


def _say(timings: list[float], bare: list[float], counts: dict[int, int]) -> None:
    cuts = statistics.quantiles(timings, n=100)
    print(f"{len(timings)} pages, {CONCERNS} concerns of the authority, {os.cpu_count()} cores")
    print(f"p50 {cuts[49]:.1f} ms   p95 {cuts[94]:.1f} ms   max {max(timings):.1f} ms")
    ratio = statistics.median(timings) / statistics.median(bare)
    print(f"with row-level security / without: {ratio:.2f} (medians)")
    print(
        "queries a page:", ", ".join(f"{n} ({times} pages)" for n, times in sorted(counts.items()))
    )
    if cuts[94] >= 100:
        sys.exit("p95 is not under 100 ms")


if __name__ == "__main__":
    main()
