"""
Sign-in through ProConnect and Pro Santé Connect: what allauth's OpenID Connect leaves open.

The userinfo is a JWT, verified with the provider's published keys; so is the identity token,
which must carry the nonce that this browser left with, and a level of assurance that we asked
for. Sources: OpenID Connect Core 1.0, §3.1.3.7 and §5.3.2; RP-Initiated Logout 1.0.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fanal.ground.agents.identity import IdentityProvider

# Signatures that a published key verifies. « none » and shared secrets are not among them.
ALGORITHMS = ("RS256", "PS256", "ES256")
CLOCK_SKEW = 30
READ_CLAIMS = ("email", "email_verified", "siret")


class IdentityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth says no types
    state: dict[str, Any]

    @property
    def provider(self) -> IdentityProvider:
        found: IdentityProvider = settings.FANAL_PROVIDERS[self.provider_id]
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """
        Raises:
            OAuth2Error: what answers is not the issuer that we know.
        """
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != self.provider.issuer:
            raise OAuth2Error("unexpected issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(
            build_absolute_uri(request, reverse("accounts:callback", args=[app.provider_id]))
        )

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: Any
    ) -> SocialLogin:
        """
        Raises:
            OAuth2Error: one of the two documents is not what it should be.
        """
        id_token = str(answer["response"].get("id_token", ""))
        claims = self._verified(id_token, required=["iss", "aud", "exp", "iat", "sub", "nonce"])
        if not secrets.compare_digest(str(claims["nonce"]), str(self.state.get("nonce"))):
            raise OAuth2Error("unexpected nonce")
        if claims.get("acr") not in self.provider.acr:
            raise OAuth2Error("unexpected level of assurance")
        person = self._fetch_user_info(token.token)
        if person["sub"] != claims["sub"]:
            raise OAuth2Error("two subjects")
        login = self.get_provider().sociallogin_from_response(request, {"sub": claims["sub"]})
        login.claims = {name: person[name] for name in READ_CLAIMS if name in person}
        login.acr, login.way_out = str(claims["acr"]), self._way_out(request, id_token)
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                self.profile_url, headers={"Authorization": f"Bearer {access_token}"}
            )
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").split(";")[0].strip() != "application/jwt":
            raise OAuth2Error("unsigned userinfo")
        return self._verified(answer.text, required=["iss", "aud", "sub"])

    def _verified(self, token: str, *, required: list[str]) -> dict[str, Any]:
        """The claims of a token that the provider signed, for us."""
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("unexpected algorithm")
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(header.get("kid")),
                algorithms=list(ALGORITHMS),
                audience=self.provider.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW,
                options={"require": required},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("unverified token") from error
        return claims

    def _key(self, kid: object) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        for key in jwt.PyJWKSet.from_dict(answer.json()).keys:
            if kid is not None and key.key_id == kid:
                return key
        raise OAuth2Error("unknown key")

    def _way_out(self, request: HttpRequest, id_token: str) -> str:
        """Where signing out leads, so that the provider closes its own session too."""
        address = str(self.openid_config.get("end_session_endpoint", ""))
        if urlsplit(address).netloc != urlsplit(self.provider.issuer).netloc:
            return ""
        home = build_absolute_uri(request, reverse("agents:login"))
        asked = {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": home,
            "state": secrets.token_urlsafe(16),
        }
        return f"{address}?{urlencode(asked)}"


class Identity(OpenIDConnectProvider):  # type: ignore[misc]
    id = "identity"
    account_class = ProviderAccount
    oauth2_adapter_class = IdentityAdapter

    def leave(self, request: HttpRequest, *, next_url: str, again: bool) -> HttpResponse:
        """
        Go to the provider.

        The nonce stays in this browser's session, beside the state. ``again`` asks the person
        to identify once more, whatever session the provider holds.
        """
        known: IdentityProvider = settings.FANAL_PROVIDERS[self.app.provider_id]
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, "acr_values": " ".join(known.acr)}
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        response: HttpResponse = self.redirect(
            request,
            process="login",
            next_url=next_url,
            scope=list(known.scope),
            auth_params=asked,
            nonce=nonce,
        )
        return response

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is copied from the provider on the account: its administrator wrote it."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


class Callback(OAuth2CallbackView):  # type: ignore[misc]
    """The way back; the adapter is told with which state this browser left."""

    def _get_state(self, request: HttpRequest, provider: Identity) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


provider_classes = [Identity]
