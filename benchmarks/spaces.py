"""
How long a search takes among 20,000 invented services: ``python benchmarks/spaces.py``.

Through the whole page as it is served: the form, the place that is typed, the wall, the view that
everybody reads, distances, opening hours, the template. Then the same without the page, and the
board of coverage.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import django

SERVICES, SEARCHES = 20_000, 200
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOURS = ("Mo-Fr 09:00-17:00; PH off", "Mo,We 14:00-19:00; SH off", "Tu-Sa 10:00-12:30,14:00-18:30")
TYPED = ("Lille", "59000", "Paris", "13001", "Saint-Denis", "2A", "Nord", "Bort-les-Orgues", "974")


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
    from fanal.ground.access.grants import grant_application
    from fanal.ground.territory.loading import load_reference

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    load_reference()
    _invent()


def _invent() -> None:
    """Where people live; one in ten for professionals or hidden, a third confirmed of late."""
    from django.db import connections

    from fanal.ground.territory.models import Commune
    from fanal.prevent.spaces.models import Service
    from fanal.prevent.spaces.terms import Audience, Kind, Tier

    draw = Random(1)
    communes = [
        one
        for one in Commune.objects.using("owner").order_by("code")
        if one.latitude is not None and one.population
    ]
    chosen = draw.choices(communes, [one.population or 0 for one in communes], k=SERVICES)
    tiers = [Tier.PUBLIC] * 18 + [Tier.PROFESSIONAL, Tier.HIDDEN]
    kinds = [one for one in Kind if one is not Kind.NATIONAL_LINE]
    rows = []
    for number, commune in enumerate(chosen):
        confirmed = draw.random() < 1 / 3
        on = (NOON - timedelta(days=draw.randrange(360))).date()
        rows.append(
            Service(
                source_key=f"inventé-{number}",
                name=f"Lieu inventé {number}",
                kind=draw.choice(kinds),
                tier=draw.choice(tiers),
                commune=commune,
                departement_id=commune.departement_id,
                latitude=commune.latitude,
                longitude=commune.longitude,
                audiences=draw.choice(
                    ([Audience.MINORS, Audience.FAMILIES], [Audience.ADULTS], [Audience.MINORS])
                ),
                hours=draw.choice(HOURS),
                phone="03 00 00 00 00",
                verified={"hours": f"{on}", "phone": f"{on}"} if confirmed else {},
                verified_on=on if confirmed else None,
                created_at=NOON,
                updated_at=NOON,
            )
        )
    Service.objects.using("owner").bulk_create(rows, batch_size=2_000)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure() -> None:
    from django.test import Client

    from fanal.ground.shell.visitors import form_token
    from fanal.prevent.spaces.calculations import coverage
    from fanal.prevent.spaces.finding import find_places
    from fanal.prevent.spaces.origins import origins_of
    from fanal.prevent.spaces.queries import public_services
    from fanal.prevent.spaces.terms import Audience, Need

    draw, client = Random(2), Client()
    print(f"{SERVICES} services, {public_services().count()} of them public, load {_load()}")

    def page() -> None:
        answer = client.post(
            "/trouver/",
            {
                "jeton": form_token(),
                "where": draw.choice(TYPED),
                "who": draw.choice(Audience.values[:3]),
                "need": draw.choice(["", *Need.values]),
            },
        )
        assert answer.status_code == 200

    def near(*, open_now: bool) -> None:
        origin = origins_of(draw.choice(TYPED))[0]
        find_places(origin=origin, audience=Audience.MINORS, open_now=open_now, now=NOON)

    _say("the page, as served", page)
    _say("finding alone", lambda: near(open_now=False))
    _say("finding what is open now", lambda: near(open_now=True))
    begun = time.perf_counter()
    coverage(on=date(2026, 11, 28))
    print(f"the board of coverage: {(time.perf_counter() - begun) * 1000:.0f} ms")


def _say(what: str, act: Callable[[], None]) -> None:
    for _ in range(10):
        act()
    times = []
    for _ in range(SEARCHES):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(
        f"{what}: {SEARCHES} searches, p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {times[-1]:.1f} ms"
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
