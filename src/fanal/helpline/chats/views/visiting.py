"""The page of whoever writes: with script, or a form and a page again without."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.visitors import FIELD, FORGET, for_visitors, form_token, is_token
from fanal.helpline.blocks.connections import here, peer_of_request
from fanal.helpline.blocks.queries import stops_connection
from fanal.helpline.blocks.use_cases import Blocked
from fanal.helpline.chats import queries, use_cases
from fanal.helpline.chats.asked import Heard, tells_danger
from fanal.helpline.chats.forms import BackForm, BeginForm, SayForm
from fanal.helpline.chats.keys import digest_of, key_of_page, new_key
from fanal.helpline.chats.views.pages import (
    OVER,
    TOO_OLD,
    USED,
    begin_page,
    code_page,
    left_page,
    room_page,
)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """
    Hours, three questions that may stay empty, and the way in.

    A page opens one conversation: sent twice it is the same, and none of whose words it would show.
    """
    form = BeginForm(request.POST if request.method == "POST" else None, auto_id="begin_%s")
    if form.is_valid():
        in_danger = form.answers.tell_danger
        key = key_of_page(request.POST.get(FIELD, ""), in_danger=in_danger)
        begun = _begun(key)
        if begun and begun.only_begun:
            return room_page(request, key)
        if not _of_our_page(request.POST, form) or (begun and not in_danger):
            return begin_page(request, form, refusal=USED if begun else TOO_OLD)
        key = new_key() if begun else key
        digest = digest_of(key) or b""
        try:
            _meet(request, digest, form)
            _open(form, digest, now())
        except Refusal as refusal:
            return begin_page(request, form, refusal=refusal.message)
        return room_page(request, key)
    return begin_page(request, form)


def _begun(key: str) -> Heard | None:
    """What the page has opened already, if it has."""
    try:
        return queries.hear(digest=digest_of(key) or b"")
    except NotVisible:
        return None


@for_visitors
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Without script: say, look again, call for help, have a code, leave; the whole page each."""
    key = request.POST.get("key", "")
    try:
        if left := request.POST.get("left"):
            return _code_to_who_left(request, left)
        return _go_on(request, key, digest_of(key))
    except NotVisible:
        return begin_page(request, refusal=OVER)


def _go_on(request: HttpRequest, key: str, digest: bytes | None) -> HttpResponse:
    if digest is None:
        raise NotVisible
    form = SayForm(request.POST if "say" in request.POST else None)
    refusal, in_danger = "", False
    try:
        if "leave" in request.POST:
            ref = use_cases.leave(digest=digest, now=now())
            return left_page(request, use_cases.Left(ref).written() if ref else "")
        if "code" in request.POST:
            return code_page(request, use_cases.give_code(digest=digest, now=now()), key=key)
        if "danger" in request.POST:
            use_cases.endanger(digest=digest, now=now())
        elif form.is_valid():
            sent, text = _uuid(request.POST.get("sent", "")), form.cleaned_data["text"]
            in_danger = tells_danger(text)
            use_cases.say(digest=digest, text=text, key=sent or uuid4(), now=now())
            form = SayForm()
    except NotVisible:
        raise
    except Refusal as refused:
        refusal = refused.message
    return room_page(request, key, form=form, refusal=refusal, in_danger=in_danger)


def _code_to_who_left(request: HttpRequest, left: str) -> HttpResponse:
    try:
        return code_page(request, use_cases.give_code_to_who_left(token=left, now=now()))
    except use_cases.TooSoon as refusal:
        return left_page(request, left, refusal=refusal.message)


@for_visitors
@require_POST
def deed(request: HttpRequest) -> HttpResponse:
    """
    With script: open, come back, have a code, call for help, leave. Words go by the stream.

    What opens carries the token of its page; the rest, the key that this page alone has.
    """
    try:
        body = json.loads(request.body)
        digest = digest_of(str(body["key"]))
        act, answers = str(body["act"]), body.get("answers")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        digest, act, answers = None, "", None
    if digest is None or act not in DEEDS:
        return JsonResponse({}, status=400)
    given = answers if isinstance(answers, dict) else {}
    try:
        if act in ENTERING and not _of_our_page(given, BeginForm(given)):
            return JsonResponse({"said": TOO_OLD, "token": form_token()}, status=409)
        if act == "open":
            _meet(request, digest, BeginForm(given))
        said = DEEDS[act](given, digest, now())
    except Refusal as refusal:
        return JsonResponse({"said": refusal.message}, status=409)
    answer = JsonResponse(said)
    if act == "leave":
        answer["Clear-Site-Data"] = FORGET
    return answer


def _open_deed(answers: dict[str, Any], digest: bytes, moment: datetime) -> dict[str, str]:
    form = BeginForm(answers)
    if form.is_valid():
        _open(form, digest, moment)
    return {}


def _back_deed(answers: dict[str, Any], digest: bytes, moment: datetime) -> dict[str, str]:
    form = BackForm(answers)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    use_cases.come_back(typed=typed, digest=digest, now=moment)
    return {}


def _code_deed(_: dict[str, Any], digest: bytes, moment: datetime) -> dict[str, str]:
    code = use_cases.give_code(digest=digest, now=moment)
    return {"words": " ".join(code.words), "duress": " ".join(code.duress)}


def _danger_deed(_: dict[str, Any], digest: bytes, moment: datetime) -> dict[str, str]:
    use_cases.endanger(digest=digest, now=moment)
    return {}


def _leave_deed(_: dict[str, Any], digest: bytes, moment: datetime) -> dict[str, str]:
    use_cases.leave(digest=digest, now=moment)
    return {}


ENTERING = ("open", "back")
DEEDS: dict[str, Callable[[dict[str, Any], bytes, datetime], dict[str, str]]] = {
    "open": _open_deed,
    "back": _back_deed,
    "code": _code_deed,
    "danger": _danger_deed,
    "leave": _leave_deed,
}


def _open(form: BeginForm, digest: bytes, moment: datetime) -> None:
    use_cases.open_conversation(
        digest=digest, helpline=queries.helpline_here(), answers=form.answers, now=moment
    )


def _of_our_page(given: Mapping[str, Any], form: BeginForm) -> bool:
    """A page left open for more than a day opens nothing, except to somebody in danger."""
    return is_token(str(given.get(FIELD, ""))) or (form.is_valid() and form.answers.tell_danger)


def _meet(request: HttpRequest, digest: bytes, form: BeginForm) -> None:
    """Who is held begins nothing, unless in danger; where one comes from is in memory alone."""
    peer = peer_of_request(request)
    in_danger = form.is_valid() and form.answers.tell_danger
    if stops_connection(peer=peer, in_danger=in_danger, now=now()):
        raise Blocked
    here.note(digest.hex(), peer)


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
