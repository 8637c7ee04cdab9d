"""A shelter is decided at night, on the telephone: few fields, none for the place."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from fanal.ground.people.births import Birth, birth_from_age
from fanal.ground.people.terms import BirthPrecision, Sex
from fanal.ground.people.use_cases import NewMinor
from fanal.ground.shell.forms import DayField
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.forms.fields import CommuneField, hour_field, long_text, moment_of
from fanal.protect.measures.terms import ShelterKind, ShelterStatus
from fanal.protect.measures.use_cases import Sheltering

OLDEST = 17


class MomentForm(forms.Form):
    """When something was done: now, unless it is said otherwise."""

    day = DayField(label="Jour")
    hour = hour_field("Heure")

    def __init__(
        self, *args: Any, authority: ChildWelfareAuthority, now: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.authority = authority
        local = now.astimezone(ZoneInfo(authority.timezone))
        self.fields["day"].initial = local.date()
        self.fields["hour"].initial = local.time().replace(second=0, microsecond=0)

    @property
    def at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"], self.authority)


class ShelterForm(MomentForm):
    kind = forms.ChoiceField(
        label="Mise à l'abri",
        choices=ShelterKind.choices,
        initial=ShelterKind.SHELTER_72H,
        widget=forms.RadioSelect,
        help_text="72 heures : le mineur a quitté son domicile, ou un danger immédiat est "
        "suspecté. 5 jours : son représentant légal ne peut pas donner son accord.",
    )
    reason = long_text("Pourquoi", hint="Ce qui a été vu ou dit. Le procureur le lira.")
    commune = CommuneField(label="Commune où le mineur a été trouvé")
    desk = forms.CharField(
        label="Service à joindre",
        max_length=150,
        help_text="Le service que l'on appelle, jamais le lieu d'accueil.",
    )
    desk_phone = forms.CharField(label="Téléphone du service", max_length=30)
    field_order: tuple[str, ...] = (
        *("kind", "reason", "commune", "day", "hour"),
        *("desk", "desk_phone"),
    )

    def sheltering(self) -> Sheltering:
        typed = self.cleaned_data
        return Sheltering(
            kind=ShelterKind(typed["kind"]),
            reason=typed["reason"],
            commune=typed["commune"],
            desk=typed["desk"],
            desk_phone=typed["desk_phone"],
            started_at=self.at,
        )


class UnknownMinorForm(ShelterForm):
    """The same for a minor who has no file: who they are, as far as anybody knows."""

    given_names = forms.CharField(label="Prénoms", max_length=200, required=False)
    family_name = forms.CharField(label="Nom", max_length=200, required=False)
    birth_date = DayField(label="Date de naissance", required=False)
    age = forms.IntegerField(label="Ou âge estimé", min_value=0, max_value=OLDEST, required=False)
    sex = forms.ChoiceField(label="Sexe", choices=Sex.choices, initial=Sex.UNKNOWN)
    home = CommuneField(
        label="Commune où vit le mineur",
        required=False,
        help_text="Si vous la connaissez ; celle où il a été trouvé, sinon.",
    )
    holder = forms.CharField(label="Parent ou représentant légal", max_length=200, required=False)
    holder_contact = forms.CharField(label="Comment le joindre", max_length=200, required=False)
    not_known = forms.BooleanField(
        label="Ce n'est aucun des mineurs proposés", required=False, widget=forms.HiddenInput
    )
    field_order = (
        *("given_names", "family_name", "birth_date", "age", "sex"),
        *ShelterForm.field_order,
        *("home", "holder", "holder_contact", "not_known"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("given_names") or cleaned.get("family_name")):
            self.add_error("given_names", "Écrivez au moins un prénom, un nom ou un surnom.")
        if not self.errors.keys() & {"birth_date", "age"} and (
            (cleaned.get("birth_date") is None) is (cleaned.get("age") is None)
        ):
            self.add_error("age", "Écrivez la date de naissance, ou un âge estimé : l'un des deux.")
        return cleaned

    def birth(self) -> Birth:
        typed = self.cleaned_data
        if typed["birth_date"] is not None:
            return Birth(typed["birth_date"], BirthPrecision.DAY)
        return birth_from_age(typed["age"], on=local_day(self.authority, self.at))

    def minor(self) -> NewMinor:
        typed = self.cleaned_data
        holder = {"name": typed["holder"], "tie": "", "contact": typed["holder_contact"]}
        return NewMinor(
            given_names=typed["given_names"],
            family_name=typed["family_name"],
            birth=self.birth(),
            sex=typed["sex"],
            commune=typed["home"] or typed["commune"],
            holders=[holder] if typed["holder"] else [],
        )


class EndShelterForm(MomentForm):
    outcome = forms.ChoiceField(
        label="Qu'est devenu le mineur ?",
        choices=[
            (ShelterStatus.RETURNED_HOME.value, "Il est rentré chez lui"),
            (
                ShelterStatus.ADMITTED_WITH_CONSENT.value,
                "Il est accueilli, avec l'accord écrit de ses parents",
            ),
            (ShelterStatus.COURT_SEISED.value, "L'autorité judiciaire est saisie"),
        ],
        widget=forms.RadioSelect,
    )
    agreed_on = DayField(
        label="Accord signé le", required=False, help_text="Pour un accueil avec accord."
    )
    note = long_text("Ce qui est prévu ensuite", rows=3, required=False)
    field_order = ("outcome", "agreed_on", "day", "hour", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        consent = cleaned.get("outcome") == ShelterStatus.ADMITTED_WITH_CONSENT
        if consent and not cleaned.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", "Donnez la date de la signature des parents.")
        return cleaned


class ReasonForm(forms.Form):
    reason = long_text(
        "Pourquoi les parents ne sont pas informés",
        hint="Les informer est la règle ; ne pas le faire est une exception, dans l'intérêt de "
        "l'enfant. Le procureur lira ce motif.",
    )
