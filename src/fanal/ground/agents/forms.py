from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.timezone import now

from fanal.ground.agents.models import Agent
from fanal.ground.agents.throttle import TriedTooMuch, take_for_sign_in


class LoginForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.agent: Agent | None = None
        self.wait: TriedTooMuch | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            places = take_for_sign_in(self.request, account=cleaned["email"], now=now())
        except TriedTooMuch as refusal:
            self.wait = refusal
            raise forms.ValidationError(refusal.message) from refusal
        found = authenticate(self.request, username=cleaned["email"], password=cleaned["password"])
        if not isinstance(found, Agent):
            raise forms.ValidationError(
                "Adresse ou mot de passe inconnu. Vérifiez-les, "
                "ou demandez à votre administrateur de rouvrir votre compte."
            )
        for place in places:
            place.give_back()
        self.agent = found
        return cleaned


class FactorForm(forms.Form):
    """A code, or what the browser signed with a key: one of the two."""

    code = forms.CharField(
        label="Code à six chiffres, ou code de secours",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("code") and not cleaned.get("credential"):
            self.add_error("code", "Écrivez le code.")
        return cleaned
