"""The desk of the words: every public text, who read it again, which have grown old."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.shell.words import count_fr
from fanal.portal.front.texts import OLD, RECENT, TO_REVIEW, public_texts

PER_PAGE = 50


class StateForm(forms.Form):
    state = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), *((one, one) for one in (TO_REVIEW, OLD, RECENT))],
    )


@require_safe
@needs(Right.KEEP_DIRECTORY, Right.MODERATE)
def texts(request: DeskRequest) -> HttpResponse:
    form = StateForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = public_texts(on=localdate())
    chosen = [one for one in found if state in ("", one.state)]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="text.list",
        rows=(),
        filters={"state": state},
        page=page.number,
        count=len(page),
    )
    waiting = sum(one.state == TO_REVIEW for one in found)
    context = {
        "form": form,
        "active": bool(state),
        "total": count_fr(len(chosen), "texte", "textes"),
        "page": page,
        "recent": RECENT,
        "waiting": count_fr(waiting, "texte à relire", "textes à relire"),
        "old": count_fr(sum(one.state == OLD for one in found), "texte", "textes"),
    }
    return render(request, "portal/front/texts.html", context)
