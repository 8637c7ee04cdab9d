"""
The search as a frame of another site: one page, which any site may hold.

No script: its own policy forbids any. No cookie, nothing of a third party. What is typed goes from
the frame to Fanal alone; the site around cannot read it.
"""

from __future__ import annotations

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.prevent.spaces.views.visiting import sought

# A frame may send its form and open a tab; no script runs in it, and it does not move the page.
SANDBOX = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin"
LINES = """<iframe src="{address}" title="Trouver un lieu où parler"
  width="100%" height="640" loading="lazy" referrerpolicy="no-referrer"
  sandbox="{sandbox}"></iframe>"""


@for_visitors
@shared()  # type: ignore[arg-type]  # django-csp says less of views than Django does
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE]})
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest) -> HttpResponse:
    return render(request, "prevent/spaces/frame.html", sought(request))


@for_visitors
@shared()  # type: ignore[arg-type]
@csp_update({"frame-src": [SELF]})
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The lines to copy, what they show, what the frame keeps and does not."""
    address = request.build_absolute_uri(reverse("spaces:frame"))
    context = {"lines": LINES.format(address=address, sandbox=SANDBOX), "sandbox": SANDBOX}
    return render(request, "prevent/spaces/frame_help.html", context)
