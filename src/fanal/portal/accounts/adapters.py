"""What allauth asks of the house: who may enter, what is traced, how secrets are kept."""

from __future__ import annotations

import base64
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.timezone import now
from qrcode.image.svg import SvgPathFillImage

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.factors import is_proved, note_provider
from fanal.ground.agents.models import Agent
from fanal.ground.agents.sessions import DEVICE, device_words
from fanal.ground.audit.floods import record_refusal_of_nobody
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.portal.accounts.use_cases.entering import find_invited

CLOSED = "ferme"
ELSEWHERE = "fournisseur"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth says no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The screens are ours, and say what they have to say."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """allauth writes to nobody: names and addresses do not leave by mail."""

    def respond_user_inactive(self, request: HttpRequest, user: Agent) -> HttpResponse:
        return redirect_to_login(CLOSED)

    def get_login_stages(self) -> list[str]:
        return ["fanal.portal.accounts.adapters.FactorStage"]

    def pre_login(self, request: HttpRequest, user: Agent, **hooks: Any) -> HttpResponse | None:
        signals = hooks.get("signal_kwargs") or {}
        if login := signals.get("sociallogin"):
            # The provider was asked for two factors, and signed that it saw them.
            note_provider(request, user, acr=login.acr)
            request.session["leave_by"] = login.way_out
        refused: HttpResponse | None = super().pre_login(request, user, **hooks)
        return refused

    @transaction.atomic
    def login(self, request: HttpRequest, user: Agent) -> None:
        """The session is written here, with its trace: a server killed now leaves both or none."""
        super().login(request, user)
        request.session[DEVICE] = device_words(request.headers.get("User-Agent", ""))
        request.session.save()

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        super().logout(request)


class FactorStage(AuthenticateStage):  # type: ignore[misc]
    """A second factor after a password; the provider has already asked for its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if is_proved(request, self.login.user):
            return False
        return bool(super()._should_handle(request))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds are encrypted in their column, under a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Dark on white in every theme: a phone must read it."""
        drawing = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(drawing.to_string(encoding="unicode"))


def _cipher() -> MultiFernet:
    """Under the secret of today; what the former ones closed still opens."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fanal factors").derive(
            str(one).encode()
        )
        for one in secrets
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in derived])


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity opens an account that somebody made; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """From the environment alone: a row of the database opens no door."""
        return [
            SocialApp(
                provider="identity",
                provider_id=one.name,
                name=one.label,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={"server_url": one.issuer, "oauth_pkce_enabled": True},
            )
            for one in settings.FANAL_PROVIDERS.values()
            if provider in (None, "identity", one.name) and client_id in (None, one.client_id)
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            agent = find_invited(
                claims=sociallogin.claims,
                known=sociallogin.user if sociallogin.is_existing else None,
                provider=settings.FANAL_PROVIDERS[sociallogin.account.provider],
                now=now(),
            )
        except Refusal:
            refuse_identity(request)
        if not sociallogin.is_existing:
            with transaction.atomic(), acting_as(agent):
                sociallogin.connect(request, agent)
                detail = {"by": sociallogin.account.provider}
                record(agent=agent, deed="agent.tie_identity", subject=agent, detail=detail)
        sociallogin.user = agent

    def on_authentication_error(self, request: HttpRequest, provider: Any, **facts: Any) -> None:
        refuse_identity(request)


def refuse_identity(request: HttpRequest) -> None:
    """
    Traced, and one answer for all: nobody learns who has an account.

    Raises:
        ImmediateHttpResponse: always.
    """
    with acting_as(None):
        record_refusal_of_nobody(deed="session.open", detail={"by": ELSEWHERE})
    request.refusal_is_traced = True  # type: ignore[attr-defined]
    raise ImmediateHttpResponse(redirect_to_login(ELSEWHERE))


def redirect_to_login(said: str) -> HttpResponse:
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?dit={said}")
