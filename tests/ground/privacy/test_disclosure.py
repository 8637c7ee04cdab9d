"""Who sees which class: the law's table, line by line, and what is left of what is not whole."""

from __future__ import annotations

from datetime import date

import pytest

from fanal.detect.concerns.models import Evaluation, Informant
from fanal.ground.agents.terms import Role
from fanal.ground.people.models import Minor
from fanal.ground.privacy.dated import in_force, lines
from fanal.ground.privacy.disclosure import (
    AUDIENCES,
    classes_seen,
    fields_seen,
    reduced,
    shown,
    sight_of,
)
from fanal.ground.privacy.terms import Audience, Scope, Sight, Tag

DAY = date(2026, 3, 9)
W, R, N = Sight.WHOLE, Sight.REDUCED, Sight.NONE

# role: identity, contact, health, judicial, location, informant, narrative, secret, plain
TABLE = {
    Role.AUTHOR: (N, N, N, N, N, N, N, N, N),
    Role.LISTENER: (N, N, N, N, N, N, N, N, N),
    Role.COORDINATOR: (N, N, N, N, N, N, N, N, N),
    Role.DIRECTORY: (N, N, N, N, N, N, N, N, N),
    Role.CONTACT_POINT: (N, N, N, N, N, N, N, N, N),
    Role.RECEPTION: (N, N, N, N, N, N, N, N, N),
    Role.STEERING: (N, N, N, N, N, N, N, N, N),
    Role.CRIP: (W, W, R, R, W, W, W, N, W),
    Role.EVALUATOR: (W, W, R, R, W, W, W, N, W),
    Role.SUPERVISOR: (W, W, R, R, W, W, W, N, W),
    Role.ON_CALL: (W, W, R, R, W, W, W, N, W),
    Role.REFERENT: (W, W, R, R, W, N, W, N, W),
    Role.PARQUET: (W, W, R, W, W, W, W, N, W),
    Role.ADMINISTRATOR: (N, N, N, N, N, N, N, N, W),
    Role.CONTROLLER: (N, N, N, N, N, N, N, N, W),
    Role.DATA_PROTECTION: (N, N, N, N, N, N, N, N, W),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_the_table_says(role: Role) -> None:
    assert tuple(sight_of(tag, roles=[role], on=DAY) for tag in Tag) == TABLE[role]


def test_an_author_sees_what_they_wrote() -> None:
    own = classes_seen(roles=[Role.AUTHOR], on=DAY, scope=Scope.OWN)
    assert own[Tag.NARRATIVE] is W
    assert Tag.JUDICIAL not in own
    assert Tag.SECRET not in own


def test_several_roles_see_the_most_and_a_stranger_nothing() -> None:
    roles = [Role.REFERENT, Role.PARQUET]
    assert sight_of(Tag.INFORMANT, roles=roles, on=DAY) is W
    assert classes_seen(roles=["visitor"], on=DAY) == {}
    assert classes_seen(roles=[], on=DAY) == {}
    # Before the law spoke, nobody.
    assert classes_seen(roles=roles, on=date(2000, 1, 1)) == {}


def test_the_commission_has_initials_and_steering_has_neither() -> None:
    table = {
        (line["audience"], line["class"]): line["sight"] for line in in_force("disclosure", on=DAY)
    }
    assert table[Audience.COMMISSION, Tag.IDENTITY] == R
    assert {tag for audience, tag in table if audience == Audience.STEERING} == {Tag.PLAIN}
    assert {line["audience"] for line in lines("disclosure")} <= set(Audience)
    assert set(AUDIENCES) == set(Role)


def test_a_share_narrows_and_never_widens() -> None:
    referent, whole = [Role.REFERENT], fields_seen(Minor, roles=[Role.REFERENT], on=DAY)
    shared = fields_seen(Minor, roles=referent, on=DAY, field_set=[Tag.LOCATION])
    assert set(shared) < set(whole)
    assert "address" in shared
    assert "family_name" not in shared
    assert fields_seen(Informant, roles=referent, on=DAY, field_set=[Tag.INFORMANT]) == [
        *("id", "case_file", "concern"),
    ]


def test_what_is_shown_of_a_row() -> None:
    minor = Minor(given_names="Léa Inventée", birth_date=date(2011, 5, 20), address="1 rue X")
    crip, oversight = [Role.CRIP], [Role.CONTROLLER]
    assert shown(minor, "given_names", roles=crip, on=DAY) == "Léa Inventée"
    assert shown(minor, "given_names", roles=oversight, on=DAY) is None
    assert shown(minor, "address", roles=crip, on=DAY, field_set=[Tag.IDENTITY]) is None
    note = Evaluation(health_and_school="Fatigue.")
    assert shown(note, "health_and_school", roles=crip, on=DAY) == "Fatigue."
    assert reduced("Léa Inventée", Tag.IDENTITY) == "L. I."
    assert reduced(minor.birth_date, Tag.IDENTITY) == 2011
    assert reduced("1 rue X", Tag.LOCATION) is None
    assert reduced(True, Tag.LOCATION) is True
