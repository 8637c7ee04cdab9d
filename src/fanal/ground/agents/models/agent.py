from __future__ import annotations

import uuid
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from fanal.ground.agents.terms import (
    OrganisationKind,
    Role,
    organisation_kind_choices,
    role_choices,
)
from fanal.ground.territory.models import ChildWelfareAuthority, Court, Departement


class Organisation(models.Model):
    """A body whose agents use Fanal: a school, a département's service, a parquet."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=200, unique=True)
    slug = models.SlugField("nom court", max_length=60, unique=True)
    kind = models.CharField("nature", max_length=20, choices=organisation_kind_choices)
    authority = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="autorité",
    )
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, null=True, blank=True, verbose_name="tribunal"
    )
    # Of a préfecture, a police or gendarmerie service, whose territory is no authority's.
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, null=True, blank=True, verbose_name="département"
    )
    phone = models.CharField("téléphone", max_length=30, blank=True)
    # What ProConnect gives with an identity: the establishment for which somebody works.
    siret = models.CharField("SIRET", max_length=14, blank=True)
    is_demonstration = models.BooleanField("démonstration", default=False)

    class Meta:
        verbose_name = "organisation"
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_child_welfare_has_an_authority",
                condition=~Q(kind=OrganisationKind.CHILD_WELFARE) | Q(authority__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_prosecution_has_a_court",
                condition=~Q(kind=OrganisationKind.PROSECUTION) | Q(court__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgentManager(BaseUserManager["Agent"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Agent:
        agent = self.model(email=self.normalize_email(email).lower(), **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent

    def get_by_natural_key(self, username: str | None) -> Agent:
        """Capitals in an address are a habit of whoever typed it."""
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser, PermissionsMixin):
    """A professional who signs in."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=150)
    function = models.CharField("fonction", max_length=150, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("tient les données de référence", default=False)
    is_demonstration = models.BooleanField("compte de démonstration", default=False)

    objects = AgentManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "agent"
        ordering = ("name",)
        constraints = [models.UniqueConstraint(Lower("email"), name="agent_email_once")]

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(models.QuerySet["Posting"]):
    def current(self, *, on: date) -> PostingQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def of_authority(self, authority: ChildWelfareAuthority, *roles: Role) -> PostingQuerySet:
        return self.filter(organisation__authority=authority, role__in=roles)


class Posting(models.Model):
    """An agent holds a role in an organisation, from a day to another."""

    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="postings", verbose_name="agent"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name="organisation",
    )
    role = models.CharField("rôle", max_length=20, choices=role_choices)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="retirée par",
    )
    withdrawn_reason = models.CharField(
        "motif du retrait", max_length=300, blank=True, default="", db_default=""
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        constraints = [
            models.UniqueConstraint(
                fields=("agent", "organisation", "role"),
                condition=Q(until__isnull=True),
                name="posting_open_once",
            ),
            # Given this morning and withdrawn at noon: it ended yesterday, for every wall.
            models.CheckConstraint(
                name="posting_ends_after_it_starts",
                condition=Q(until__isnull=True)
                | Q(until__gte=F("since"))
                | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="posting_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True)
                | (Q(until__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]
        indexes = [models.Index(fields=("agent", "role"), name="posting_by_agent")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"


class Absence(models.Model):
    """An agent is away; a colleague stands in."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="absences", verbose_name="agent"
    )
    stand_in = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="replacements", verbose_name="remplaçant"
    )
    since = models.DateField("du")
    until = models.DateField("au")

    class Meta:
        verbose_name = "absence"
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="absence_stand_in_is_somebody_else", condition=~Q(stand_in=F("agent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, du {self.since} au {self.until}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def living(self, *, at: datetime) -> ApiTokenQuerySet:
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), revoked_at__isnull=True)


class ApiToken(models.Model):
    """A key with which an organisation's own software speaks to Fanal. Only its digest is kept."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="tokens", verbose_name="organisation"
    )
    label = models.CharField("usage", max_length=100)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    created_at = models.DateTimeField("créé le")
    # Set when another one takes over: both work until then.
    ends_at = models.DateTimeField("finit le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "jeton d'accès"
        verbose_name_plural = "jetons d'accès"

    def __str__(self) -> str:
        return f"{self.organisation}, {self.label}"


class SavedFilter(models.Model):
    """A list as an agent likes to see it: the address of its filters, under a name."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="saved_filters", verbose_name="agent"
    )
    screen = models.CharField("écran", max_length=60)
    name = models.CharField("nom", max_length=60)
    query = models.CharField("filtres", max_length=500)

    class Meta:
        verbose_name = "filtre enregistré"
        verbose_name_plural = "filtres enregistrés"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("agent", "screen", "name"), name="saved_filter_once")
        ]

    def __str__(self) -> str:
        return self.name
