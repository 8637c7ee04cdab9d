"""A worried mother finds a place, books without a name; the desk sees her number; she counts."""

from __future__ import annotations

import re

import psycopg
from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.test_letters import PHONE, faults_of
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TrialServer

HALTE = "La Halte des Essais (lieu inventé)"


def seen_on(desk: Page) -> int:
    said = desk.get_by_text("Personnes vues ce trimestre").inner_text()
    return int(said.rpartition(":")[2])


def its_day_comes(server: TrialServer, database: str, number: str) -> None:
    """Whatever the hour at which the tests run, the slot is today's."""
    with psycopg.connect(server.login_url_for(database, OWNER)) as base:
        moved = base.execute(
            "UPDATE referrals_booking SET seat = 99,"
            " day = (now() AT TIME ZONE 'Europe/Paris')::date"
            " WHERE number = %s AND state = 'expected'",
            [int(number)],
        )
        assert moved.rowcount == 1


def test_from_the_finding_page_to_the_reach(
    visitors: Visitors, trial_server: TrialServer, played: str, worker_id: str
) -> None:
    mother = visitors.page(script=False)
    mother.set_viewport_size(PHONE)
    mother.goto("/trouver/")
    mother.get_by_label("Où ?").fill("Lille")
    mother.get_by_label("Pour quelqu’un que je connais").check()
    mother.get_by_role("button", name="Chercher").click()
    mother.get_by_role("link", name=HALTE).click()
    mother.get_by_role("link", name="Prendre un rendez-vous").click()
    mother.locator("input[name='slot']").last.check()
    mother.get_by_label("Pour qui ?").select_option("child")
    mother.get_by_role("button", name="Prendre ce rendez-vous").click()
    expect(mother.get_by_role("heading", level=1)).to_contain_text("Rendez-vous")
    words = mother.locator(".letter-code span").all_inner_texts()
    assert len(words) == 5
    said = mother.get_by_text("J’ai le numéro").inner_text()
    number = re.findall(r"\d+", said)[0]
    assert mother.context.cookies() == []
    mother.goto("/rendez-vous/")
    mother.get_by_label("Les cinq mots du code").fill(" ".join(words))
    mother.get_by_role("button", name="Voir le rendez-vous").click()
    expect(mother.get_by_text("J’ai le numéro")).to_contain_text(number)
    its_day_comes(trial_server, f"{played}_{worker_id}", number)

    desk = visitors.page("Noé")
    desk.set_viewport_size(PHONE)
    desk.goto("/accueil/")
    before = seen_on(desk)
    of_the_day = desk.locator("[aria-labelledby='jour']")
    expect(of_the_day.locator(".booking", has_text=number)).to_contain_text("Pour mon enfant")
    of_the_day.get_by_role("button", name=f"Vu {number}").click()
    expect(desk.get_by_text(f"Le numéro {number} a été vu.")).to_be_visible()
    assert seen_on(desk) == before + 1
    faults = faults_of(desk)

    steering = visitors.page("Anouk")
    steering.goto("/personnes-recues/")
    expect(steering.get_by_role("row", name="Nord (59)")).to_contain_text("14")
    expect(steering.get_by_role("row", name="Ensemble")).to_contain_text("masqué")
    # A count of five is nowhere, nor is its département named.
    expect(steering.locator("main")).not_to_contain_text("Pas-de-Calais")
    assert not faults, "\n".join(faults)
