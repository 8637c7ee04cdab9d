"""What a page of somebody who must leave no trace owes them, here and in the rooms above."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from fanal.ground.access.guards import public
from fanal.helpline.chats.origins import from_our_page

# Of what a browser keeps of this site; a cookie is an agent's, of another page.
FORGET = '"cache", "storage"'
View = Callable[..., HttpResponse]


def without_trace(view: View) -> View:
    """Sent by our own page; the answer is kept by nobody, and says nowhere whence one comes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        ours = from_our_page(headers, host=request.get_host(), form=True)
        if request.method == "POST" and not ours:
            return HttpResponseForbidden()
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return public(csrf_exempt(never_cache(sensitive_post_parameters()(guarded))))
