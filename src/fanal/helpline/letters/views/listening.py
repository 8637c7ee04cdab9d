"""The letters of whoever listens: in their order, what is late, one letter, what may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks import queries as blocks
from fanal.helpline.blocks.digests import of_code
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.letters import queries, use_cases
from fanal.helpline.letters.forms import AnswerForm
from fanal.helpline.letters.models import Letter
from fanal.helpline.letters.terms import State, Way

A_PAGE = 50


@require_safe
@needs(Right.LISTEN)
def desk(request: DeskRequest) -> HttpResponse:
    return render(request, "helpline/letters/desk.html", _desk(request))


@require_safe
@needs(Right.LISTEN)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _show(request, ref, AnswerForm(initial={"sent": uuid4()}))


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    if request.method == "GET":
        queries.read_letter(agent=request.user, ref=ref)
        return redirect("letters:show", ref)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, ref, form)
    try:
        use_cases.answer_letter(
            agent=request.user,
            ref=ref,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["sent"],
            way=Way(form.cleaned_data["way"]),
            now=now(),
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, ref, form)
    messages.success(request, "La réponse est gardée : la personne la lira avec son code.")
    return redirect("letters:show", ref)


def _act(use_case: Callable[..., Letter], *, stay: bool) -> Callable[..., HttpResponse]:
    def act(request: DeskRequest, ref: UUID) -> HttpResponse:
        try:
            use_case(agent=request.user, ref=ref, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("letters:desk")
        return redirect("letters:show", ref) if stay else redirect("letters:desk")

    act.__name__ = act.__qualname__ = use_case.__name__
    return require_POST(needs(Right.LISTEN)(act))


take = _act(use_cases.take_letter, stay=True)
give_back = _act(use_cases.give_back, stay=False)
close = _act(use_cases.close_letter, stay=False)


def _show(request: DeskRequest, ref: UUID, form: AnswerForm) -> HttpResponse:
    letter = queries.read_letter(agent=request.user, ref=ref)
    is_mine = letter.listener_id == request.user.pk and letter.state == State.TAKEN
    context = _desk(request) | {
        "letter": letter,
        "texts": letter.texts.all(),
        "is_mine": is_mine,
        "may_close": is_mine or letter.state == State.ANSWERED,
        "reasons": queries.reasons_of(letter),
        "forced": queries.forced(letter),
        "held": blocks.named(Handle.CODE, of_code(Kind.FORM, letter.ref)),
        "form": form,
    }
    return render(request, "helpline/letters/desk.html", context)


def _desk(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    waiting = list(queries.open_letters())
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="letter.list", rows=page, page=page.number)
    return {
        "page": page,
        "query": request.GET,
        "lateness": queries.lateness(waiting, now=moment),
        "answered": queries.answered_letters()[:10],
        "now": moment,
    }
