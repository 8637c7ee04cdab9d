"""Rows for the tests. All people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import factory
from django.db import models

from fanal.detect.concerns.models import Concern, Informant, OtherMinor, Submission
from fanal.ground.access.models import CaseFile, Exclusion, Grant
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.phonetics import name_keys, plain
from rows import as_owner

Row = TypeVar("Row", bound=models.Model)
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


class RowFactory(factory.django.DjangoModelFactory[Row]):
    """Makes rows as the owner of the database: the wall is for the application."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Row:
        """The row, and all the rows that it hangs on, in one change of role."""
        if strategy != factory.CREATE_STRATEGY:
            return super()._generate(strategy, params)
        with as_owner():
            return super()._generate(strategy, params)


class OrganisationFactory(RowFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Collège inventé {n}")
    slug = factory.Sequence(lambda n: f"college-{n}")
    kind = "school"


class AgentFactory(RowFactory[Agent]):
    class Meta:
        model = Agent

    name = factory.Sequence(lambda n: f"Agent inventé {n}")
    email = factory.Sequence(lambda n: f"agent{n}@fanal.invalid")
    function = "fonction inventée"
    password = "!"


class PostingFactory(RowFactory[Posting]):
    class Meta:
        model = Posting

    agent = factory.SubFactory(AgentFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "author"
    since = date(2020, 1, 1)


class CaseFileFactory(RowFactory[CaseFile]):
    class Meta:
        model = CaseFile

    authority_id = "59"
    opened_at = NOON


class MinorFactory(RowFactory[Minor]):
    class Meta:
        model = Minor

    case_file = factory.SubFactory(CaseFileFactory)
    given_names = "Léa"
    family_name = "Inventée"
    birth_date = date(2011, 5, 20)
    birth_precision = "day"
    sex = "F"
    commune_id = "59350"
    name_plain = factory.LazyAttribute(lambda m: plain(f"{m.given_names} {m.family_name}"))
    name_keys = factory.LazyAttribute(lambda m: name_keys(m.given_names, m.family_name))


class HolderFactory(RowFactory[Holder]):
    class Meta:
        model = Holder

    case_file = factory.SubFactory(CaseFileFactory)
    name = "Parent Inventé"
    tie = "mère"


class GrantFactory(RowFactory[Grant]):
    class Meta:
        model = Grant

    case_file = factory.SubFactory(CaseFileFactory)
    agent = factory.SubFactory(AgentFactory)
    capacity = "referent"
    starts_at = datetime(2020, 1, 1, tzinfo=UTC)


class ExclusionFactory(RowFactory[Exclusion]):
    class Meta:
        model = Exclusion

    case_file = factory.SubFactory(CaseFileFactory)
    agent = factory.SubFactory(AgentFactory)
    reason = "parent du mineur (inventé)"
    since = datetime(2020, 1, 1, tzinfo=UTC)


class SubmissionFactory(RowFactory[Submission]):
    class Meta:
        model = Submission

    receipt = factory.Sequence(lambda n: f"IP-TEST-{n:05d}")
    organisation = factory.SubFactory(OrganisationFactory)
    content_digest = "0" * 64
    match_keys: list[str] = []
    initials = "L. I."
    sent_at = NOON
    authority_id = "59"
    status_at = NOON


class ConcernFactory(RowFactory[Concern]):
    """A concern about a minor of the Nord; ``minor`` makes the file unless one is given."""

    class Meta:
        model = Concern
        exclude = ("minor",)

    minor = factory.SubFactory(MinorFactory)
    case_file = factory.SelfAttribute("minor.case_file")
    submission = factory.SubFactory(
        SubmissionFactory, authority_id=factory.SelfAttribute("..authority_id")
    )
    receipt = factory.SelfAttribute("submission.receipt")
    authority_id = factory.SelfAttribute("case_file.authority_id")
    commune_id = "59350"
    source = "school"
    received_at = NOON
    facts = "Absences répétées, nouveau téléphone. [personne inventée]"
    immediate_danger = False
    missing_now = False
    child_informed = True
    parents_informed = True
    exploitation = "suspected"
    evaluation_due = date(2026, 6, 9)
    target_due_at = datetime(2026, 3, 24, 12, tzinfo=UTC)


class InformantFactory(RowFactory[Informant]):
    class Meta:
        model = Informant

    concern = factory.SubFactory(ConcernFactory)
    case_file = factory.SelfAttribute("concern.case_file")
    kind = "school"
    name = "Sofia Inventée"
    function = "assistante sociale"
    contact = "sofia@fanal.invalid"


class OtherMinorFactory(RowFactory[OtherMinor]):
    class Meta:
        model = OtherMinor

    concern = factory.SubFactory(ConcernFactory)
    case_file = factory.SelfAttribute("concern.case_file")
    given_names = "Tom"
    family_name = "Inventé"
