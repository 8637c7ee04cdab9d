"""
Style B: a harder world, kept apart from the engine's making.

Sisters and twins who share surname, phone and town; a hostel's phone; homonyms of one year; two
slips in one name; compound names of which one part is kept; day and month exchanged; a wrong
century; up to fifteen records of one person; services that know very unequal things.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from people_errors import (
    birth,
    heard,
    inserted,
    phones,
    typed,
    without_accents,
    written,
)
from people_familiar import Row
from people_pools import ENDS, KEPT_ALIASES, KEPT_GIVEN, KEPT_SURNAMES, STEMS, Pool

SIZES = tuple(range(1, 16))
SHARES = (40, 20, 12, 8, 6, 4, 2, 2, 2, 1, 1, 0.5, 0.5, 0.5, 0.5)
TOWNS, HOSTELS, REMEMBERED = 300, 400, 500


@dataclass(frozen=True, slots=True)
class Service:
    """How often a service leaves a field empty, and how it writes the rest."""

    weight: float
    no_surname: float
    no_alias: float
    no_date: float
    year_only: float
    no_phone: float
    slips: float
    capitals: float


SERVICES = {
    "police": Service(34, 0.03, 0.80, 0.08, 0.03, 0.60, 0.07, 0.95),
    "ase": Service(26, 0.02, 0.93, 0.05, 0.04, 0.65, 0.05, 0.30),
    "education": Service(12, 0.04, 0.99, 0.10, 0.00, 0.75, 0.04, 0.50),
    "asso": Service(19, 0.55, 0.45, 0.50, 0.40, 0.35, 0.18, 0.05),
    "sante": Service(5, 0.10, 0.95, 0.10, 0.05, 0.70, 0.08, 0.40),
    "119": Service(4, 0.40, 0.90, 0.60, 0.60, 0.50, 0.20, 0.00),
}
NAMES, WEIGHTS = tuple(SERVICES), tuple(service.weight for service in SERVICES.values())


@dataclass(frozen=True, slots=True)
class Person:
    given: tuple[str, ...]
    surname: tuple[str, ...]
    alias: str
    born: tuple[int, int, int]
    phones: tuple[str, ...]
    town: str


def world(persons: int, chance: random.Random) -> Iterator[Row]:
    """Records of each person in turn: cluster, source, then the seven fields."""
    towns = [chance.choice(STEMS) + chance.choice(ENDS) for _ in range(TOWNS)]
    numbers = phones(chance)
    for cluster, person in enumerate(_everybody(persons, towns, numbers, chance)):
        size = chance.choices(SIZES, SHARES)[0]
        for source in chance.choices(NAMES, WEIGHTS, k=size):
            yield str(cluster), source, *_seen(person, SERVICES[source], towns, numbers, chance)


def _everybody(
    persons: int, towns: list[str], numbers: Iterator[str], chance: random.Random
) -> Iterator[Person]:
    """Exactly so many people, with the families and homonyms among them."""
    hostels = [(next(numbers), chance.choice(towns)) for _ in range(persons // HOSTELS + 1)]
    lately: deque[Person] = deque(maxlen=REMEMBERED)
    left = persons
    while left:
        person = _somebody(towns, numbers, chance)
        kind = chance.random()
        if kind < 0.03:
            shared, town = chance.choice(hostels)
            person = replace(person, phones=(shared, *person.phones), town=town)
        elif kind < 0.06 and lately:
            person = _homonym(chance.choice(lately), person)
        household = [person]
        if kind > 0.88:
            household += [_sister(person, numbers, chance) for _ in range(chance.randint(1, 3))]
        for one in household[:left]:
            lately.append(one)
            yield one
        left -= min(left, len(household))


def _somebody(towns: list[str], numbers: Iterator[str], chance: random.Random) -> Person:
    alias = chance.choice(KEPT_ALIASES) if chance.random() < 0.6 else ""
    if alias and chance.random() < 0.4:
        alias += chance.choice(("", "_", ".")) + str(chance.randint(0, 99)).zfill(2)
    return Person(
        given=_name(KEPT_GIVEN, 0.03, chance),
        surname=_name(KEPT_SURNAMES, 0.05, chance),
        alias=alias,
        born=birth(chance, 2006, 2014),
        phones=tuple(next(numbers) for _ in range(chance.randint(1, 4))),
        town=chance.choice(towns[: TOWNS // 10] if chance.random() < 0.4 else towns),
    )


def _homonym(known: Person, other: Person) -> Person:
    born = (known.born[0], *other.born[1:])
    return replace(other, given=known.given, surname=known.surname, born=born)


def _sister(person: Person, numbers: Iterator[str], chance: random.Random) -> Person:
    year = person.born[0]
    twin = chance.random() < 0.2
    born = person.born if twin else birth(chance, year - 4, year + 4)
    given = person.given
    while given == person.given:
        given = _name(KEPT_GIVEN, 0.03, chance)
    phones = person.phones[:1] if chance.random() < 0.7 else (next(numbers),)
    return replace(person, given=given, alias="", born=born, phones=phones)


def _name(pool: Pool, compound: float, chance: random.Random) -> tuple[str, ...]:
    """A name and its spellings; now and then two names joined, which has none."""
    # The first of the pool are many times commoner than the last.
    name = pool[int(len(pool) * chance.random() ** 1.7)]
    if chance.random() < compound:
        return (f"{name[0]}-{chance.choice(pool)[0]}",)
    return name


def _seen(
    person: Person,
    service: Service,
    towns: list[str],
    numbers: Iterator[str],
    chance: random.Random,
) -> tuple[str, str, str, str, str, str]:
    given, surname = (_spelled(name, service, chance) for name in (person.given, person.surname))
    alias = "" if chance.random() < service.no_alias else person.alias
    if chance.random() < service.no_surname:
        surname = ""
    elif chance.random() < 0.03:
        given, surname = surname, given
    if alias and chance.random() < 0.05:
        given = ""
    town = person.town if chance.random() < 0.5 else chance.choice(towns)
    return (
        given,
        surname,
        alias,
        _date(person.born, service, chance),
        "" if chance.random() < service.no_phone else _called(person, numbers, chance),
        without_accents(town).upper() if chance.random() < 0.2 else town,
    )


def _spelled(spellings: tuple[str, ...], service: Service, chance: random.Random) -> str:
    name = spellings[0] if chance.random() < 0.7 else chance.choice(spellings)
    if "-" in name and chance.random() < 0.45:
        name = chance.choice(name.split("-"))
    if chance.random() < 0.10:
        name = heard(name, chance)
    if chance.random() < service.slips:
        name = (inserted if chance.random() < 0.25 else typed)(name, chance)
        if chance.random() < 0.35:
            name = typed(name, chance)
    if chance.random() < 0.4:
        name = without_accents(name)
    return name.upper() if chance.random() < service.capitals else name


def _date(born: tuple[int, int, int], service: Service, chance: random.Random) -> str:
    if chance.random() < service.no_date:
        return ""
    year, month, day = born
    kind = chance.random()
    if chance.random() < service.year_only:
        month = day = 1
    elif kind < 0.03 and day <= 12:
        month, day = day, month
    elif kind < 0.04:
        year -= 100
    elif kind < 0.08:
        year += chance.choice((-2, -1, 1, 2))
    elif kind < 0.10:
        day = chance.randint(1, 28)
    return written(year, month, day)


def _called(person: Person, numbers: Iterator[str], chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6:
        return person.phones[0]
    return chance.choice(person.phones) if kind < 0.85 else next(numbers)
