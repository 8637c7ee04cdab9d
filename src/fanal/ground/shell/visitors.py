"""
Pages for whoever comes, without an account: nothing is set, read or kept of them.

No cookie, so that a token in one guards nothing: a form says its origin, and carries a signed
token of the page that it stood on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page

from fanal.ground.access.guards import public
from fanal.ground.access.origins import from_our_page

View = Callable[..., HttpResponse]
# Read and taken away by who serves (``config/shelf.py``): how many seconds all may have one answer.
SHARED = "X-Fanal-Shared"
# The name of the field in which a form carries its token.
FIELD = "jeton"
SALT = "fanal.visitors"
# Longer than anybody takes to answer: a limit under twenty hours would have to be announced.
LASTS = timedelta(hours=24)
# Of what a browser keeps of this site; a cookie is an agent's, of another page.
FORGET = '"cache", "storage"'


def for_visitors(view: View) -> View:
    """
    Sent by our own page; the answer is kept by nobody, and says nowhere whence one comes.

    It travels compressed: it holds no secret that somebody else could have sent again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        ours = from_our_page(headers, host=request.get_host(), form=True)
        if request.method == "POST" and not ours:
            return HttpResponseForbidden()
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return public(csrf_exempt(gzip_page(never_cache(sensitive_post_parameters()(guarded)))))


def shared(*asked: str) -> Callable[[View], View]:
    """
    The page is the same for whoever comes: who serves it may give it again for a few seconds.

    Never a page whose form keeps something it drew. Whatever is in the address but ``asked`` is
    somebody's own, and shared with nobody.
    """

    def sharing(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if request.method == "GET" and set(request.GET) <= set(asked):
                response[SHARED] = str(settings.FANAL_SHARED_SECONDS)
            return response

        return marked

    return sharing


def form_token() -> str:
    """It names nobody: a word drawn for this page, and the hour, signed."""
    return signing.TimestampSigner(salt=SALT).sign(token_hex(8))


def secret_of_page(token: str, *, salt: str) -> bytes | None:
    """
    256 bits that belong to one page of ours, the same each time its form is sent, however old.

    Nothing is kept of it: who has not the page cannot make it, nor we without the page. None when
    the token is none of ours.
    """
    try:
        signing.TimestampSigner(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return salted_hmac(salt, token, algorithm="sha256").digest()


def has_token(request: HttpRequest) -> bool:
    """Whether the form comes from a page of ours that is not older than a day."""
    return is_token(request.POST.get(FIELD, ""))


def is_token(text: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(text, max_age=LASTS)
    except signing.BadSignature:
        return False
    return True
