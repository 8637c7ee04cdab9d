"""Invented samples for the page that shows every piece."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone

from fanal.ground.shell.forms import DayField
from fanal.ground.shell.pieces import Crumb, Happening, Step, Tab, steps

TONES = {"info": "À savoir", "attention": "À voir", "danger": "Danger", "success": "Fait"}


class SampleForm(forms.Form):
    """One field of each usual kind."""

    commune = forms.CharField(
        label="Commune", help_text="Là où le jeune vit ou séjourne.", max_length=80
    )
    birth = DayField(label="Date de naissance", required=False)
    facts = forms.CharField(
        label="Ce que vous avez vu",
        help_text="Des faits, avec leur date : ce qui a été vu, entendu, dit.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
    )
    source = forms.ChoiceField(
        label="Vous écrivez en tant que",
        choices=[("", "Choisissez"), ("school", "Établissement scolaire"), ("health", "Soin")],
    )
    danger = forms.ChoiceField(
        label="Le jeune est-il en danger maintenant ?",
        choices=[("yes", "Oui"), ("no", "Non"), ("unknown", "Je ne sais pas")],
        widget=forms.RadioSelect,
    )
    known = forms.MultipleChoiceField(
        label="Qui est au courant",
        choices=[("parents", "Les parents"), ("school", "Le chef d’établissement")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(label="J’ai dit au jeune que j’écris", required=False)


class SampleFilters(forms.Form):
    commune = forms.CharField(label="Commune", required=False)
    source = forms.ChoiceField(
        label="Origine",
        choices=[("", "Toutes"), ("school", "École"), ("health", "Santé")],
        required=False,
    )
    late = forms.BooleanField(label="En retard seulement", required=False)


def _rows(today: date) -> list[dict[str, Any]]:
    start = today - timedelta(days=80)
    samples = (
        ("Inès Exemple", 14, "Saint-Exemple-sur-Mer", "Collège", -2, "danger", "Danger"),
        ("Tom Exemple", 15, "Villeneuve-l’Exemple", "Hôpital", 1, "attention", "Fugue en cours"),
        ("Lina Échantillon", 16, "Bourg-Modèle", "119", 12, "", "Première analyse"),
        ("Noé Modèle", 13, "Saint-Exemple-sur-Mer", "Association", 64, "", "Évaluation"),
    )
    names = ("name", "age", "commune", "source", "left", "tone", "state")
    rows: list[dict[str, Any]] = [dict(zip(names, sample, strict=True)) for sample in samples]
    return [{**row, "since": start, "due": today + timedelta(days=row["left"])} for row in rows]


def _happenings(now: datetime) -> list[Happening]:
    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    return [
        Happening(
            ago(1),
            "Le jeune n’est pas rentré au foyer",
            who="Claire Exemple",
            source="Foyer des Modèles",
            detail="Absence constatée à l’appel du soir. Police prévenue à 22:40.",
            tone="danger",
            icon="footprints",
        ),
        Happening(
            ago(4), "Appel de l’infirmière scolaire", who="Paul Modèle", icon="phone-call", href="#"
        ),
        Happening(ago(23), "Information tenue par un autre service", gap=True),
        Happening(
            ago(30),
            "Évaluation rendue : danger caractérisé",
            who="Nadia Échantillon",
            source="CRIP",
            tone="attention",
            icon="clipboard-check",
        ),
        Happening(ago(62), "Information préoccupante reçue", source="Collège", icon="inbox"),
    ]


def _page(request: HttpRequest) -> Page[int]:
    return Paginator(range(260), 20).get_page(request.GET.get("page", "4"))


def _tabs() -> list[Tab]:
    return [
        Tab("Fil", "#fil", current=True),
        Tab("Mesures", "#mesures", count=2),
        Tab("Personnes", "#personnes", count=5),
        Tab("Documents", "#documents"),
        Tab("Accès", "#acces"),
    ]


def _steps() -> list[Step]:
    labels = ["Danger ?", "Le jeune", "Ce que vous avez vu", "Qui sait", "Envoyer"]
    return steps(labels, current=3, hrefs=["#1", "#2", "#3", "#4", "#5"])


def samples(request: HttpRequest) -> dict[str, Any]:
    """What the gallery shows, its dates counted from today."""
    now = timezone.now()
    today = timezone.localdate()
    rows = _rows(today)
    return {
        "tones": TONES.items(),
        "crumbs": [Crumb("Accueil", "/"), Crumb("Présentation", "#"), Crumb("Pièces")],
        "rows": rows,
        "late": rows[0],
        "soon": rows[1],
        "running": rows[3],
        "moment": now + timedelta(hours=5),
        "met": today - timedelta(days=3),
        "entries": _happenings(now),
        "page": _page(request),
        "sort": request.GET.get("sort", "due"),
        "tabs": _tabs(),
        "steps": _steps(),
        "form": SampleForm(),
        # On a page of its own: a form to correct takes the focus when the page opens.
        "wrong": SampleForm({"birth": "hier", "facts": "x"}, auto_id="faux_%s")
        if "corriger" in request.GET
        else None,
        "filters": SampleFilters(request.GET or None, auto_id="filtre_%s"),
        "saved": [
            Tab("Tout", "?", current=True, count=128),
            Tab("À voir aujourd’hui", "?today=1", count=4),
        ],
        "facts": [
            ("Commune", "Saint-Exemple-sur-Mer"),
            ("Née le", date(2011, 5, 1)),
            ("École", ""),
        ],
        "now": now,
        "next": [
            "La cellule lit votre écrit aujourd’hui.",
            "Vous saurez qu’une réponse est donnée ; son contenu reste au dossier.",
        ],
    }
