from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fanal.detect.concerns.models.concern import Concern
from fanal.detect.concerns.terms import Danger, DecisionOutcome
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.sealing.fields import SealedTextField


class Evaluation(models.Model):
    """The team's evaluation of a concern, under the national framework (D226-2-3, HAS 2021)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    concern = models.OneToOneField(
        Concern, on_delete=models.PROTECT, related_name="evaluation", verbose_name="information"
    )
    lead = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="évaluateur responsable"
    )
    started_at = models.DateTimeField("ouverte le")
    updated_at = models.DateTimeField("enregistrée le")
    minor_met = models.BooleanField("le mineur a été rencontré", null=True, blank=True)
    minor_not_met_reason = models.TextField("pourquoi il n'a pas pu l'être", blank=True)
    minor_opinion = models.TextField("avis du mineur", blank=True)
    parents_opinion = models.TextField("avis des parents", blank=True)
    understanding = models.TextField("compréhension de la situation par chacun", blank=True)
    resources = models.TextField("ressources et appuis", blank=True)
    health_and_school = SealedTextField("santé, scolarité, développement", blank=True)
    danger = models.CharField("qualification du danger", max_length=10, choices=Danger, blank=True)
    danger_grounds = models.TextField("ce qui fonde cette qualification", blank=True)
    proposal = models.CharField("proposition", max_length=25, choices=DecisionOutcome, blank=True)
    proposal_grounds = models.TextField("motifs de la proposition", blank=True)
    submitted_at = models.DateTimeField("remise le", null=True, blank=True)

    class Meta:
        verbose_name = "évaluation"
        constraints = [
            models.CheckConstraint(
                name="evaluation_submitted_is_complete",
                condition=Q(submitted_at__isnull=True)
                | (
                    ~Q(danger="")
                    & ~Q(proposal="")
                    & Q(minor_met__isnull=False)
                    & (Q(minor_met=True) | ~Q(minor_not_met_reason=""))
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Évaluation {self.ref}"


class Visit(models.Model):
    """A meeting held for the evaluation."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="visits", verbose_name="évaluation"
    )
    on = models.DateField("le")
    place = models.CharField("lieu", max_length=150)
    met = models.CharField("personnes rencontrées", max_length=300)
    observations = models.TextField("constats", blank=True)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, verbose_name="par")

    class Meta:
        verbose_name = "visite"
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"Visite du {self.on:%d/%m/%Y}"
