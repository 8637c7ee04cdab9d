"""Writing a concern: one step at a time, then the whole read again and sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from fanal.detect.concerns.drafts import LABELS, LAST, NAMES, STEPS, concern_of, reread
from fanal.detect.concerns.forms.communes import offer, posted
from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.queries import lock_draft
from fanal.detect.concerns.schema import ConcernInput, InvalidConcern
from fanal.detect.concerns.use_cases import discard_draft, save_draft, send_concern
from fanal.detect.screening.queries import known_codes, read
from fanal.ground.access.guards import DeskRequest
from fanal.ground.errors import Refusal
from fanal.ground.shell.lenient import LenientForm
from fanal.ground.shell.pieces import Crumb, steps
from fanal.ground.territory.models import Commune
from fanal.ground.territory.typed import AmbiguousCommune, commune_typed, written_commune

CALL = (
    "Le service d'astreinte est prévenu. Si vous ne l'avez pas fait, appelez maintenant le 17 ou "
    "le 112 : cet envoi ne remplace pas l'appel."
)


def write_step(request: DeskRequest, draft: Draft, step: str) -> HttpResponse:
    """One form; then the step before, the step after, or the same one with what is to mend."""
    label, form_class = STEPS[step]
    data = posted(request) if request.method == "POST" else None
    form = form_class(data, initial=draft.content)
    candidates: list[Commune] = []
    if data is not None:
        autosave = "X-Autosave" in request.headers
        if form.is_valid() and step == "jeune" and not autosave:
            candidates = _recognise(form)
        draft = save_draft(agent=request.user, ref=draft.ref, content=form.kept(), now=now())
        if autosave:
            return HttpResponse(status=204)
        if "back" in request.POST:
            return redirect("concerns:write", draft.ref, NAMES[max(NAMES.index(step) - 1, 0)])
        if not form.errors and not request.headers.get("HX-Request"):
            return redirect("concerns:write", draft.ref, NAMES[NAMES.index(step) + 1])
    if candidates:
        offer(form, candidates)
    context = _context(draft, step) | {
        "form": form,
        "label": label,
    }
    return render(request, f"detect/concerns/author/{_template(step)}.html", context)


def typed_in(request: DeskRequest, step: str) -> dict[str, Any]:
    """What one step says, complete or not."""
    form = STEPS[step][1](posted(request))
    form.is_valid()
    return form.kept()


def _template(step: str) -> str:
    return {"danger": "danger", "jeune": "minor", "faits": "facts"}.get(step, "step")


def _recognise(form: LenientForm) -> list[Commune]:
    """Keep the commune that was meant. When several fit, they are those to choose from."""
    if not form.cleaned_data.get("commune"):
        return []
    try:
        commune = commune_typed(form.cleaned_data["commune"])
    except AmbiguousCommune as several:
        form.add_error("commune", several.message)
        return several.candidates
    except Refusal as refusal:
        form.add_error("commune", refusal.message)
        return []
    form.cleaned_data["commune"] = written_commune(commune)
    return []


def _context(draft: Draft, step: str) -> dict[str, Any]:
    place = NAMES.index(step)
    hrefs = [reverse("concerns:write", args=[draft.ref, name]) for name in NAMES]
    answers = (draft.content.get("immediate_danger"), draft.content.get("missing_now"))
    return {
        "draft": draft,
        "step": step,
        "steps": steps(LABELS, current=place + 1, hrefs=hrefs),
        "before": hrefs[place - 1] if place else "",
        "danger": "yes" in answers,
        "crumbs": [Crumb("Transmettre", reverse("concerns:start")), Crumb(LABELS[place])],
    }


def review(request: DeskRequest, draft: Draft) -> HttpResponse:
    """The whole, as the CRIP will read it; then the sending."""
    moment = now()
    if request.method == "POST":
        # Locked first: what is sent is what stands, and a second click finds it sent.
        draft = lock_draft(agent=request.user, ref=draft.ref)
    context = _context(draft, LAST)
    indicators = [code for code in draft.content.get("indicators", []) if code in known_codes()]
    context["reading"] = read(indicators) if indicators else None
    try:
        content, commune = concern_of(draft, now=moment)
        if request.method == "POST":
            return _send(request, draft, content, commune)
        context |= {"parts": reread(draft), "authority": commune.authority, "ready": True}
    except InvalidConcern as refusal:
        context["parts"] = reread(draft, refusal)
    except Refusal as refusal:
        context |= {"parts": reread(draft), "refused": refusal.message}
    return render(request, "detect/concerns/author/review.html", context)


def _send(
    request: DeskRequest, draft: Draft, content: ConcernInput, commune: Commune
) -> HttpResponse:
    sent = send_concern(
        content=content,
        commune=commune,
        organisation=draft.organisation,
        agent=request.user,
        now=now(),
    )
    discard_draft(agent=request.user, ref=draft.ref)
    if content.immediate_danger or content.missing_now:
        messages.error(request, CALL)
    return redirect("concerns:receipt", sent.submission.ref)
