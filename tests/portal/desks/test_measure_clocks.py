"""What has no screen of its own is read on its measure's."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.protect.measures.terms import EXIT_BAN, MEASURE, QUESTION, SHELTER, MeasureType
from fanal.protect.measures.use_cases import ask_parents, order_exit_ban
from protect.measures.acting import in_force, shelter
from protect.situations.following import begin

pytestmark = pytest.mark.django_db
