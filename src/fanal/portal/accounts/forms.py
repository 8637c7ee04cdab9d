from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.db.models import QuerySet

from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import Role, held_in

SHORT = 300
STATES = (
    ("", "Tous les comptes"),
    ("active", "Ouverts"),
    ("invited", "Invités, pas encore venus"),
    ("suspended", "Suspendus"),
)


class ChoosePasswordForm(forms.Form):
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        help_text="Douze signes au moins. Une phrase se retient mieux qu’un mot.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Le même, une seconde fois",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.agent)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "Les deux ne sont pas les mêmes.")
        return cleaned


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code à six chiffres que l’application affiche",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label="Nom de la clé",
        max_length=60,
        required=False,
        help_text="Pour la reconnaître : « clé bleue », « téléphone du service ».",
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": "La clé n’a rien signé."}
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AgentsForm(forms.Form):
    q = forms.CharField(label="Nom ou fonction", required=False, max_length=100)
    state = forms.ChoiceField(label="État", required=False, choices=STATES)
    role = forms.ChoiceField(
        label="Rôle", required=False, choices=[("", "Tous les rôles"), *Role.choices]
    )


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic
    def __init__(self, **options: Any) -> None:
        super().__init__(
            Organisation.objects.none(), label="Organisation", empty_label=None, **options
        )


def _only(field: forms.Field, organisations: list[Organisation]) -> None:
    assert isinstance(field, OrganisationField)  # noqa: S101  (for the type checker)
    field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])


def _roles(organisations: list[Organisation]) -> list[tuple[str, str]]:
    held = dict.fromkeys(role for one in organisations for role in held_in(one.kind))
    return [(role.value, str(role.label)) for role in held]


class InviteForm(forms.Form):
    organisation = OrganisationField()
    email = forms.EmailField(label="Adresse électronique professionnelle")
    name = forms.CharField(label="Prénom et nom", max_length=150)
    function = forms.CharField(label="Fonction", max_length=150)
    roles = forms.MultipleChoiceField(
        label="Rôles",
        widget=forms.CheckboxSelectMultiple,
        help_text="Administrateur, responsable de traitement et délégué à la protection des "
        "données attendent qu’un second administrateur confirme.",
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _only(self.fields["organisation"], organisations)
        self.fields["roles"].choices = _roles(organisations)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    organisation = OrganisationField()
    role = forms.ChoiceField(label="Rôle")
    reason = forms.CharField(label="Motif", max_length=SHORT)

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _only(self.fields["organisation"], organisations)
        self.fields["role"].choices = _roles(organisations)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Motif", max_length=SHORT)


class PostingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_role_display()}, {obj.organisation.name}"


class WithdrawForm(forms.Form):
    posting = PostingField(
        Posting.objects.none(), label="Rôle", empty_label=None, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Motif", max_length=SHORT, help_text="Il reste avec le rôle, sous votre nom."
    )

    def __init__(self, *args: Any, postings: QuerySet[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posting"].queryset = postings  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    organisation = OrganisationField()
    label = forms.CharField(
        label="Usage", max_length=100, help_text="Le logiciel qui va s’en servir."
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _only(self.fields["organisation"], organisations)
