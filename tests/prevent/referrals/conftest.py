"""A place with its desk, another place, who refers, who steers. All invented."""

from __future__ import annotations

import pytest

from factories import OrganisationFactory
from fanal.ground.agents.models import Agent, Organisation
from fanal.prevent.referrals.slots import Slot
from fanal.prevent.spaces.models import PublicService
from ground.codes.conftest import quick
from helpline.letters.conftest import keys
from prevent.referrals.receiving import a_place, opened, somebody_at
from prevent.spaces.conftest import lou

__all__ = ["keys", "lou", "quick"]


@pytest.fixture
def house(db: None) -> Organisation:
    return OrganisationFactory(name="Maison inventée", kind="association")


@pytest.fixture
def place(house: Organisation) -> PublicService:
    return a_place(house)


@pytest.fixture
def slot(place: PublicService) -> Slot:
    """Tomorrow, two seats."""
    return opened(place)


@pytest.fixture
def noe(house: Organisation) -> Agent:
    """Holds the desk of the place."""
    return somebody_at(house, "Noé")


@pytest.fixture
def elsewhere(db: None) -> Agent:
    """Holds the desk of another place, that receives too."""
    organisation = OrganisationFactory(name="Autre maison inventée", kind="association")
    a_place(organisation)
    return somebody_at(organisation, "Ilan")


@pytest.fixture
def anouk(db: None) -> Agent:
    return somebody_at(OrganisationFactory(kind="helpline"), "Anouk", "coordinator")
