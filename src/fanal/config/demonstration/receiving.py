"""
Invented places that receive without a name: openings of the week, people expected, some seen.

The directory's own rows are real places: none of them takes part here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.territory.queries import find_commune
from fanal.prevent.referrals import use_cases as referrals
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.reach import published_quarters
from fanal.prevent.referrals.slots import slots_of
from fanal.prevent.referrals.terms import Reason, State
from fanal.prevent.referrals.use_cases import Hours, Wanted
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.formats.record import Record
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.use_cases import confirm_service, import_records

DAY = timedelta(days=1)
WELCOME = "Quelqu’un ouvre, offre à boire et écoute. On peut venir à deux, et repartir."
# Name, network, commune, postcode, address, who holds the desk; people seen last quarter.
PLACES = (
    (
        "La Halte des Essais (lieu inventé)",
        "paej",
        ("59350", "59", "59000"),
        "1 rue de l’Invention",
        "lieu-halte",
        14,
    ),
    (
        "Maison des adolescents de l’Exemple (lieu inventé)",
        "maison_des_adolescents",
        ("13055", "13", "13001"),
        "2 place de la Fiction",
        "lieu-exemple",
        12,
    ),
    (
        "Point d’écoute du Modèle (lieu inventé)",
        "paej",
        ("62041", "62", "62000"),
        "3 rue du Modèle",
        "lieu-halte",
        5,
    ),
)
ASKED = (
    Wanted("child", "family"),
    Wanted("me", "talk"),
    Wanted(),
    Wanted("somebody", "rights"),
    Wanted("child", "health"),
)
NOTE = "Vient avec une amie, préfère un bureau fermé."


def play_receiving(cast: dict[str, Agent], *, now: datetime) -> None:
    quarter = published_quarters(today=now.date())[0]
    past = now.replace(
        year=quarter.first_day.year, month=quarter.first_day.month, day=10, hour=9, minute=0
    )
    for name, kind, where, address, slug, seen in PLACES:
        place = _place(cast["lou"], name, kind, where, address, now=past - DAY)
        keeper = cast["noé" if slug == "lieu-halte" else "ilan"]
        held = _held(cast["lou"], place, slug, now=past - DAY)
        _open(keeper, held, now=past)
        _see(keeper, place, past, many=seen)
        _confirm(cast["lou"], place.ref, now=now)
        if slug == "lieu-halte":
            _expect(cast, place, now)


def _place(
    lou: Agent, name: str, kind: str, where: tuple[str, str, str], address: str, *, now: datetime
) -> PublicService:
    commune, departement, postcode = where
    ref, stands = uuid4(), find_commune(commune)
    record = Record(
        ref=ref,
        name=name,
        kind=kind,
        status="active",
        audiences=("minors", "families"),
        commune=commune,
        departement=departement,
        postcode=postcode,
        address=address,
        latitude=stands.latitude,
        longitude=stands.longitude,
        free=True,
        anonymous=True,
    )
    import_records([record], now=now)
    _confirm(lou, ref, now=now)
    found = read_public(ref)
    assert found is not None  # noqa: S101 — for the type checker
    return found


def _confirm(lou: Agent, ref: UUID, *, now: datetime) -> None:
    sure = ("address", "name", "audiences")
    with acting_as(lou):
        confirm_service(agent=lou, ref=ref, values={"tier": "public"}, confirmed=sure, now=now)


def _held(lou: Agent, place: PublicService, slug: str, *, now: datetime) -> UUID:
    organisation = Organisation.objects.get(slug=slug)
    with acting_as(lou):
        return referrals.take_part(agent=lou, ref=place.ref, organisation=organisation, now=now).ref


def _open(keeper: Agent, held: UUID, *, now: datetime) -> None:
    """Each working day, two afternoon slots; on Wednesdays, one comes without having booked."""
    with acting_as(keeper):
        referrals.present(agent=keeper, ref=held, welcome=WELCOME, paused=False)
        for weekday in range(6):
            for hour in (14, 16):
                hours = Hours(time(hour), time(hour + 1), seats=3, weekday=weekday)
                referrals.add_opening(agent=keeper, ref=held, hours=hours, now=now)
        walk_in = Hours(time(10), time(12), weekday=2, walk_in=True)
        referrals.add_opening(agent=keeper, ref=held, hours=walk_in, now=now)


def _see(keeper: Agent, place: PublicService, past: datetime, *, many: int) -> None:
    """Last quarter: who came was seen, one did not come, one could not be received."""
    slots = [one for one in slots_of(place, now=past) if one.is_free]
    for number in range(many + 2):
        slot = slots[number // 3]
        at = past + number * timedelta(minutes=5)
        row = _booked(place, slot.key, ASKED[number % len(ASKED)], now=at)
        outcome = State.SEEN if number < many else (State.ABSENT, State.IMPOSSIBLE)[number - many]
        _settle(keeper, row, outcome, at=_at(slot.day, past))


def _expect(cast: dict[str, Agent], place: PublicService, now: datetime) -> None:
    """Yesterday's, of which the place has said nothing; those of the days that come; a referral."""
    before = now - 3 * DAY
    for slot in [one for one in slots_of(place, now=before) if one.is_free][:1]:
        _booked(place, slot.key, ASKED[0], now=before)
    to_come = [one for one in slots_of(place, now=now) if one.is_free]
    for number, slot in enumerate(to_come[:3]):
        _booked(place, slot.key, ASKED[number + 1], now=now)
    with acting_as(cast["sofia"]):
        referrals.announce(
            agent=cast["sofia"],
            place=place,
            key="",
            wanted=Wanted("somebody", "talk"),
            note=NOTE,
            agreed=True,
            sent=uuid4(),
            now=now,
        )


def _booked(place: PublicService, key: str, wanted: Wanted, *, now: datetime) -> Booking:
    # Without a code: nobody comes back with it here, and its slow digest takes a second.
    slot = next(one for one in slots_of(place, now=now) if one.key == key)
    kept, _ = referrals.keep(place=place, slot=slot, wanted=wanted, sent=uuid4(), now=now)
    return Booking(ref=kept.ref)


def _settle(keeper: Agent, row: Booking, outcome: State, *, at: datetime) -> None:
    reason = Reason.FULL if outcome == State.IMPOSSIBLE else None
    with acting_as(keeper):
        referrals.settle(agent=keeper, ref=row.ref, outcome=outcome, reason=reason, now=at)


def _at(day: date, moment: datetime) -> datetime:
    return moment.replace(year=day.year, month=day.month, day=day.day)
