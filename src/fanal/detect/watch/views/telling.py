"""
The public pages: what one may see and do, the form, the receipt, a word to add.

No account, no cookie, no script needed, nothing in an address (``ground/shell/visitors``).
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.detect.concerns.forms.communes import posted
from fanal.detect.watch import terms, use_cases
from fanal.detect.watch.forms import NO_FILE, AlertForm, CodeForm, WordForm
from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable
from fanal.ground.shell.visitors import for_visitors, form_token, has_token
from fanal.prevent.exchange.use_cases import may_be_a_danger

TOO_OLD = (
    "Cette page est restée ouverte trop longtemps : rien n’est parti, et ce que vous avez écrit "
    "est encore là. Envoyez de nouveau."
)
# One sentence for a code that was never given, is over, or was given under duress.
NOTHING = (
    "Ces mots n’ouvrent rien : ils sont mal recopiés, trop anciens, ou ont été essayés trop "
    "souvent. On peut réessayer dans une heure, ou écrire une nouvelle alerte."
)
SEALED = (
    "La réponse ne peut pas être lue pour le moment. Elle n’est pas perdue : revenez un peu plus "
    "tard."
)
STALE = "Cette page est restée ouverte trop longtemps : redonnez les cinq mots."


@for_visitors
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "about", {"signs": terms.Sign.choices})


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "tell", {"form": AlertForm()})
    form = AlertForm(posted(request))
    valid = form.is_valid()
    context: dict[str, Any] = {"form": form, "danger": form.data.get("danger")}
    if not has_token(request):
        return _page(request, "tell", context | {"refusal": TOO_OLD})
    if request.FILES:
        return _page(request, "tell", context | {"refusal": NO_FILE})
    if not valid:
        return _page(request, "tell", context)
    told = form.told
    try:
        received = use_cases.receive_alert(told=told, sent=form.cleaned_data["sent"], now=now())
    except Refusal as refusal:
        return _page(request, "tell", context | {"refusal": refusal.message})
    presses = told.danger or told.moment == terms.Moment.NOW or told.there_now == terms.Seen.YES
    return _page(
        request,
        "kept",
        {
            "received": received,
            # Said, or read in the words: whoever wrote is told again whom to call.
            "danger": told.danger or may_be_a_danger(told.words),
            "presses": presses,
        },
    )


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _add(request)
    form = CodeForm(request.POST if request.method == "POST" else None, auto_id="code_%s")
    if request.method == "POST" and not has_token(request):
        return _code(request, refusal=STALE)
    if not form.is_valid():
        return _page(request, "code", {"form": form})
    try:
        receipt = use_cases.open_receipt(typed=form.cleaned_data["code"], now=now())
    except UnreadableCode as refusal:
        form.add_error("code", refusal.message)
        return _page(request, "code", {"form": form})
    except Refusal as refusal:
        return _code(request, refusal=_said(refusal))
    return _receipt(request, receipt)


def _add(request: HttpRequest) -> HttpResponse:
    """A word; what is refused comes back with what was typed."""
    form = WordForm(request.POST, auto_id="word_%s")
    token = request.POST["token"]
    danger = bool(request.POST.get("danger"))
    if form.is_valid() and has_token(request) and not request.FILES:
        try:
            use_cases.add_word(
                token=token,
                text=form.cleaned_data["text"],
                key=form.cleaned_data["sent"],
                danger=danger,
                now=now(),
            )
            return _receipt(request, use_cases.receipt_of_token(token), added=True, danger=danger)
        except NotVisible:
            return _code(request, refusal=STALE)
        except Refusal as refusal:
            form.add_error(None, _said(refusal))
    elif not has_token(request):
        form.add_error(None, TOO_OLD)
    elif request.FILES:
        form.add_error(None, NO_FILE)
    try:
        receipt = use_cases.receipt_of_token(token)
    except Refusal as refusal:
        return _code(request, refusal=STALE if isinstance(refusal, NotVisible) else _said(refusal))
    return _receipt(request, receipt, form=form, danger=danger)


def _receipt(
    request: HttpRequest,
    receipt: use_cases.Receipt,
    *,
    form: WordForm | None = None,
    added: bool = False,
    danger: bool = False,
) -> HttpResponse:
    empty = WordForm(initial={"token": receipt.token, "sent": uuid4()}, auto_id="word_%s")
    context = {"receipt": receipt, "form": form or empty, "added": added, "danger": danger}
    return _page(request, "receipt", context)


def _code(request: HttpRequest, *, refusal: str) -> HttpResponse:
    # What was typed is not given back: somebody may look over a shoulder.
    return _page(request, "code", {"form": CodeForm(auto_id="code_%s"), "refusal": refusal})


def _said(refusal: Refusal) -> str:
    if isinstance(refusal, NotVisible):
        return NOTHING
    return SEALED if isinstance(refusal, KeysLocked | Unopenable) else refusal.message


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = {
        "token": form_token(),
        "host": request.get_host(),
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, f"detect/watch/{name}.html", everywhere | context)
