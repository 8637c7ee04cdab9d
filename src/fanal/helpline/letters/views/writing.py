"""
The public pages of a letter: write, come back with one's code, add a word.

A form and a page again, that a script sends in the background so that nothing of it stays in the
browser. No cookie, no word in an address (``ground/shell/visitors``).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable
from fanal.ground.shell.visitors import for_visitors, form_token, has_token
from fanal.helpline.blocks.connections import peer_of_request
from fanal.helpline.blocks.queries import stops_connection
from fanal.helpline.blocks.use_cases import Blocked
from fanal.helpline.chats.asked import tells_danger
from fanal.helpline.chats.queries import helpline_here
from fanal.helpline.letters import use_cases
from fanal.helpline.letters.forms import CodeForm, LetterForm, WordForm
from fanal.helpline.letters.terms import Source
from fanal.helpline.letters.worries import WorryForm

# One sentence for a code that was never given, is over, or was given under duress.
NOTHING = (
    "Ce code n’ouvre rien : il est mal recopié, trop ancien, ou a été essayé trop souvent. "
    "On peut réessayer dans une heure, ou écrire à nouveau."
)
SEALED = (
    "La réponse ne peut pas être lue pour le moment. Elle n’est pas perdue : on peut revenir un "
    "peu plus tard."
)
TOO_OLD = (
    "Cette page est restée ouverte trop longtemps : rien n’est parti, et ce qui a été écrit est "
    "encore là. Il suffit d’envoyer de nouveau."
)
STALE = "Cette page est restée ouverte trop longtemps : il faut redonner le code."


@dataclass(frozen=True, slots=True)
class Door:
    """One of the pages by which a letter comes in."""

    form: type[LetterForm | WorryForm]
    template: str
    source: Source


LETTER = Door(LetterForm, "helpline/letters/write.html", Source.WEB)
WORRY = Door(WorryForm, "helpline/letters/worry.html", Source.WORRY)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A letter; in danger, the numbers are shown before it can be sent."""
    return _receive(request, LETTER)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest) -> HttpResponse:
    """The same, of whoever worries about a child that is not theirs, or that is."""
    return _receive(request, WORRY)


def _receive(request: HttpRequest, door: Door) -> HttpResponse:
    form = door.form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        # Whatever else is missing, the numbers are shown.
        return _write(request, door, form, in_danger=form.data.get("danger") == "on")
    if not has_token(request):
        in_danger = form.cleaned_data["danger"]
        return _write(request, door, form, refusal=TOO_OLD, in_danger=in_danger)
    if _must_be_told(request, in_danger=form.cleaned_data["danger"]):
        return _write(request, door, form, in_danger=True)
    written = form.written
    in_danger = written.tells_danger
    try:
        if stops_connection(peer=peer_of_request(request), in_danger=in_danger, now=now()):
            raise Blocked
        received = use_cases.receive_letter(
            written=written,
            helpline=helpline_here(),
            sent=form.cleaned_data["sent"],
            now=now(),
            source=door.source,
        )
    except Refusal as refusal:
        return _write(request, door, form, refusal=refusal.message)
    context = {
        "code": received.code,
        "host": request.get_host(),
        "in_danger": in_danger,
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, "helpline/letters/kept.html", context)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _add(request)
    form = CodeForm(request.POST if request.method == "POST" else None, auto_id="code_%s")
    if not form.is_valid():
        return _code(request, form)
    if not has_token(request):
        return _code(request, CodeForm(auto_id="code_%s"), refusal=STALE)
    try:
        found = use_cases.open_answer(typed=form.cleaned_data["code"], now=now())
    except Refusal as refusal:
        return _refused(request, form, refusal)
    words = WordForm(initial={"token": found.token, "sent": uuid4()}, auto_id="word_%s")
    return render(request, "helpline/letters/answer.html", {"found": found, "form": words})


def _refused(request: HttpRequest, form: CodeForm, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, UnreadableCode):
        form.add_error("code", refusal.message)
        return _code(request, form)
    said = refusal.message
    if isinstance(refusal, NotVisible):
        said = NOTHING
    elif isinstance(refusal, KeysLocked | Unopenable):
        said = SEALED
    # What was typed is not given back: somebody may look over a shoulder.
    return _code(request, CodeForm(auto_id="code_%s"), refusal=said)


def _add(request: HttpRequest) -> HttpResponse:
    form = WordForm(request.POST, auto_id="word_%s")
    context = {"form": form, "refusal": "", "in_danger": False}
    if not form.is_valid():
        context["in_danger"] = form.data.get("danger") == "on"
        return render(request, "helpline/letters/answer.html", context)
    given = form.cleaned_data
    if _must_be_told(request, in_danger=given["danger"]):
        return render(request, "helpline/letters/answer.html", context | {"in_danger": True})
    try:
        use_cases.add_word(
            token=given["token"],
            text=given["text"],
            key=given["sent"],
            in_danger=given["danger"],
            now=now(),
        )
    except NotVisible:
        return _code(request, CodeForm(auto_id="code_%s"), refusal=STALE)
    except Refusal as refused:
        context["refusal"] = refused.message
        return render(request, "helpline/letters/answer.html", context)
    told = given["danger"] or tells_danger(given["text"])
    return render(request, "helpline/letters/added.html", {"in_danger": told})


def _must_be_told(request: HttpRequest, *, in_danger: bool) -> bool:
    """The numbers are shown before what is written in danger can be sent."""
    return bool(in_danger and settings.FANAL_SERVICE and "seen" not in request.POST)


def _write(
    request: HttpRequest,
    door: Door,
    form: LetterForm | WorryForm,
    *,
    refusal: str = "",
    in_danger: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "token": form_token(),
        "refusal": refusal,
        "in_danger": in_danger,
        "is_open": helpline_here() is not None,
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, door.template, context)


def _code(request: HttpRequest, form: CodeForm, *, refusal: str = "") -> HttpResponse:
    context = {"form": form, "token": form_token(), "refusal": refusal}
    return render(request, "helpline/letters/code.html", context)
