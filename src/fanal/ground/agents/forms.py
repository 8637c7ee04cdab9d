from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from fanal.ground.agents.models import Agent


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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        found = authenticate(self.request, username=cleaned["email"], password=cleaned["password"])
        if not isinstance(found, Agent):
            raise forms.ValidationError(
                "Adresse ou mot de passe inconnu. Vérifiez-les, "
                "ou demandez à votre administrateur de rouvrir votre compte."
            )
        self.agent = found
        return cleaned
