"""Pages for whoever comes: nothing is asked, nothing is kept, no address names a subject."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.ground.agents.models import Agent
from fanal.ground.shell.visitors import for_visitors, form_token
from fanal.portal.front.queries import answering


@for_visitors
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors and who answers now; whoever has signed in goes on to their desk."""
    if isinstance(request.user, Agent):
        return redirect("desks:home")
    context = {"answering": answering(now()), "token": form_token()}
    return render(request, "portal/front/home.html", context)
