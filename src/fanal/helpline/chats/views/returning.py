"""To come back with five words, on any device: with script by ``visiting.deed``, or this page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.errors import Refusal
from fanal.ground.shell.visitors import for_visitors, has_token
from fanal.helpline.chats import use_cases
from fanal.helpline.chats.forms import BackForm
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.views.pages import TOO_OLD, back_page, room_page


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    form = BackForm(request.POST if request.method == "POST" else None, auto_id="back_%s")
    if not form.is_valid():
        return back_page(request, form)
    if not has_token(request):
        return back_page(request, BackForm(auto_id="back_%s"), refusal=TOO_OLD)
    key = new_key()
    try:
        use_cases.come_back(
            typed=form.cleaned_data["code"], digest=digest_of(key) or b"", now=now()
        )
    except Refusal as refusal:
        # What was typed is not shown again: somebody may stand behind.
        return back_page(request, BackForm(auto_id="back_%s"), refusal=refusal.message)
    return room_page(request, key)
