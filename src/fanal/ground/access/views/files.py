"""Who may open a file, and why; who must not; and the seal."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.contents import Door, doors_of, name_of
from fanal.ground.access.decisions import PARIS, decide
from fanal.ground.access.deeds import Deed
from fanal.ground.access.forms import ExcludeForm, ReasonForm, SealForm
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import AccessStep, DisclosureRecord, Exclusion, Grant
from fanal.ground.access.queries import read_case_file, read_together
from fanal.ground.access.terms import Act, ExclusionKind, Right
from fanal.ground.access.use_cases import exclude_agent, lift_exclusion, seal_file, unseal_file
from fanal.ground.access.views.acts import perform
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.errors import NotVisible

STEPS = 50


@require_safe
@needs(Right.SHARE_FILES, Right.EXCLUDE_AGENTS, Right.SEAL_FILES, Right.BREAK_GLASS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    file = read_case_file(agent=request.user, ref=ref)
    files = read_together(file)
    may = {act.value: decide(request.user, act, file).allowed for act in Act if act != Act.REVIEW}
    doors = doors_of(request.user, file)
    context = {
        "file": file,
        "name": name_of(file),
        "doors": doors,
        "crumbs": [*doors[:1], Door("Accès au dossier", "")],
        "may": may,
        "grants": Grant.objects.living(at=now())
        .filter(case_file=file)
        .select_related("agent")
        .order_by("starts_at", "pk"),
        "shares": DisclosureRecord.objects.filter(case_file__in=files).select_related(
            "shared_by", "shared_with"
        ),
        "now": now(),
    }
    if may[Act.EXCLUDE.value]:
        context["exclusions"] = Exclusion.objects.filter(case_file=file).select_related("agent")
        context["steps"] = AccessStep.objects.filter(case_file__in=files).select_related(
            "agent", "about"
        )[:STEPS]
    return render(request, "ground/access/show.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.EXCLUDE_AGENTS)
def exclude(request: DeskRequest, ref: UUID) -> HttpResponse:
    file = read_case_file(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Écarter une personne",
            "Écarter cette personne",
            "Cette personne ne voit plus le dossier, et n’en sait rien.",
            "L’effet est immédiat : ses accès prennent fin, et ce dossier n’existe plus pour elle.",
        ),
        form=ExcludeForm(request.POST or None),
        act=lambda typed: exclude_agent(
            agent=request.user,
            ref=ref,
            excluded=typed["excluded"],
            kind=ExclusionKind(typed["kind"]),
            reason=typed["reason"],
            now=now(),
        ),
        back=reverse("access:show", args=[ref]),
        about=file,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.EXCLUDE_AGENTS)
def lift(request: DeskRequest, ref: UUID) -> HttpResponse:
    found = Exclusion.objects.select_related("case_file__authority", "agent").filter(ref=ref)
    exclusion = found.first()
    if exclusion is None:
        raise NotVisible
    return perform(
        request,
        deed=Deed(
            f"Lever la mise à l’écart de {exclusion.agent.name}",
            "Lever la mise à l’écart",
            "La mise à l’écart est levée.",
            "Cette personne verra le dossier si son rôle le lui ouvre ; aucun accès nominatif ne "
            "lui est rendu.",
        ),
        form=ReasonForm(request.POST or None),
        act=lambda typed: lift_exclusion(
            agent=request.user, ref=ref, reason=typed["reason"], now=now()
        ),
        back=reverse("access:show", args=[exclusion.case_file.ref]),
        about=exclusion.case_file,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEAL_FILES)
def seal(request: DeskRequest, ref: UUID) -> HttpResponse:
    file = read_case_file(agent=request.user, ref=ref)
    supervisors = agents_of(file.authority, Role.SUPERVISOR, on=localdate(timezone=PARIS))
    return perform(
        request,
        deed=Deed(
            "Mettre sous scellé",
            "Mettre sous scellé",
            "Le dossier est sous scellé ; vous en êtes le gardien.",
            "Seules les personnes qui le tiennent par leur nom le liront encore. Vous en devenez "
            "le gardien : sans gardien, personne ne pourrait lever le scellé.",
        ),
        form=SealForm(
            request.POST or None, keepers=[one for one in supervisors if one != request.user]
        ),
        act=lambda typed: seal_file(agent=request.user, ref=ref, now=now(), **typed),
        back=reverse("access:show", args=[ref]),
        about=file,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEAL_FILES)
def unseal(request: DeskRequest, ref: UUID) -> HttpResponse:
    file = read_case_file(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Lever le scellé",
            "Lever le scellé",
            "Le scellé est levé.",
            "La CRIP, l’encadrement et l’astreinte verront de nouveau ce dossier.",
        ),
        form=ReasonForm(request.POST or None),
        act=lambda typed: unseal_file(
            agent=request.user, ref=ref, reason=typed["reason"], now=now()
        ),
        back=reverse("access:show", args=[ref]),
        about=file,
    )
