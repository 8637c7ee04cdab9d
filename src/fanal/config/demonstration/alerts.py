"""Invented alerts of lodgings: two of one place, one that presses, some that ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from fanal.detect.watch import use_cases as watch
from fanal.detect.watch.models import LodgingAlert
from fanal.detect.watch.terms import Decision, Lodging, Moment, Result, Seen, Sign, Writer
from fanal.detect.watch.use_cases import Told
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.territory.queries import find_commune

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARK = "[lieu et personnes inventés]"
LILLE, ROUBAIX, DUNKERQUE = "59350", "59512", "59183"


def play_alerts(cast: dict[str, Agent], *, now: datetime) -> None:
    hugo = cast["hugo"]
    with acting_as(hugo):
        _ended(hugo, now=now)
        _asked(hugo, now=now)
        _waiting(now=now)


def _ended(hugo: Agent, *, now: datetime) -> None:
    """A week ago: one checked, one without follow-up."""
    checked = _told(
        LILLE,
        Lodging.SHORT_LET,
        "12 rue de l’Invention, 2e étage",
        signs=(Sign.VISITS, Sign.OCCUPIED),
        words=f"Beaucoup de passage la nuit dans le logement que je loue. {MARK}",
        at=now - 9 * DAY,
    )
    ref, at = checked.ref, now - 8 * DAY
    watch.qualify_alert(
        agent=hugo, ref=ref, decision=Decision.TO_CHECK, note="Passage de jour.", now=at
    )
    watch.close_alert(
        agent=hugo, ref=ref, result=Result.NOTHING, note="Une famille en visite.", now=at + DAY
    )
    nothing = _told(
        DUNKERQUE,
        Lodging.CAMPING,
        "Camping des Flots inventés",
        writer=Writer.NEIGHBOUR,
        signs=(),
        words=f"Des gens font du bruit. {MARK}",
        minor=Seen.NO,
        at=now - 6 * DAY,
    )
    watch.qualify_alert(
        agent=hugo,
        ref=nothing.ref,
        decision=Decision.NO_FOLLOW_UP,
        note="Bruit de voisinage.",
        now=now - 5 * DAY,
    )


def _asked(hugo: Agent, *, now: datetime) -> None:
    alert = _told(
        ROUBAIX,
        Lodging.HOTEL,
        "Hôtel de l’Exemple, 3 bd de la Fable",
        writer=Writer.HOTEL_STAFF,
        signs=(Sign.STAY, Sign.DOOR),
        words=f"Chambre prolongée chaque matin par quelqu’un que nous ne voyons pas. {MARK}",
        contact="03 53 01 00 05",
        at=now - 2 * DAY,
    )
    watch.take_alert(agent=hugo, ref=alert.ref, now=now - 2 * DAY + HOUR)
    watch.ask_more(
        agent=hugo,
        ref=alert.ref,
        text="Merci. La chambre est-elle encore occupée ? N’y entrez pas pour le savoir.",
        now=now - 2 * DAY + 2 * HOUR,
    )


def _waiting(*, now: datetime) -> None:
    _told(
        LILLE,
        Lodging.SHORT_LET,
        "12, r. de l'Invention 59000 Lille",
        writer=Writer.CLEANER,
        moment=Moment.DAY,
        minor=Seen.PERHAPS,
        signs=(Sign.FEAR, Sign.CONTROL),
        words=f"Une très jeune fille, épuisée ; un homme répondait à sa place. {MARK}",
        at=now - 5 * HOUR,
    )
    _told(
        LILLE,
        Lodging.HOTEL,
        "Hôtel du Conte, 40 avenue de la Légende",
        writer=Writer.HOTEL_STAFF,
        moment=Moment.NOW,
        there_now=Seen.YES,
        minor=Seen.YES,
        danger=True,
        signs=(Sign.VIOLENCE,),
        words=f"Des cris dans la chambre. J’ai appelé le 17. {MARK}",
        at=now - HOUR,
    )
    _told(
        DUNKERQUE,
        Lodging.GUEST_ROOM,
        "",
        listing="https://annonces.invalid/chambres/1234567",
        writer=Writer.PLATFORM,
        signs=(Sign.OCCUPIED,),
        words=MARK,
        at=now - 3 * HOUR,
    )


def _told(
    commune: str,
    lodging: Lodging,
    address: str,
    *,
    at: datetime,
    signs: tuple[Sign, ...],
    words: str,
    writer: Writer = Writer.HOST,
    moment: Moment = Moment.WEEK,
    minor: Seen = Seen.UNKNOWN,
    there_now: Seen = Seen.UNKNOWN,
    danger: bool = False,
    listing: str = "",
    contact: str = "",
) -> LodgingAlert:
    sent = uuid4()
    # Without its five words: nobody comes back with them here, and their digest takes a second.
    watch.keep_alert(
        told=Told(
            commune=find_commune(commune),
            lodging=lodging,
            moment=moment,
            minor=minor,
            there_now=there_now,
            writer=writer,
            address=address,
            listing=listing,
            danger=danger,
            signs=signs,
            words=words,
            contact=contact,
        ),
        sent=sent,
        now=at,
    )
    return LodgingAlert.objects.get(sent=sent)
