"""From a JSON value to a concern, or to every reason to refuse it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from fanal.detect.concerns.schema.dates import age_on, parse_day, parse_moment
from fanal.detect.concerns.schema.media import MESSAGE as NO_MEDIA
from fanal.detect.concerns.schema.media import hides_media
from fanal.detect.concerns.schema.messages import say
from fanal.detect.concerns.schema.shape import ConcernInput
from fanal.detect.concerns.schema.strings import Path, dotted, printable, strings_of
from fanal.detect.concerns.schema.text import tidy
from fanal.ground.errors import Refusal

Errors = dict[str, list[str]]

MOST_ERRORS = 50
MAJORITY = 18
LONGEST_COMMUNE = 60
HALF = re.compile("[\ud800-\udfff]")
PARIS = "Europe/Paris"

IN_THE_FUTURE = "Cette date est dans le futur : corrigez-la."
BORN_AFTER = "Cette date de naissance est postérieure à la réception : corrigez l'une des deux."
ADULT = (
    "À cette date de naissance, la personne avait déjà 18 ans le jour de la réception. Si la date "
    "est fausse, corrigez-la. Sinon, cette personne majeure ne relève pas de la CRIP : en cas de "
    "danger, appelez le 17 ou le 112 ; pour l'aider, le 116 006 (France Victimes) ou, jusqu'à "
    "21 ans, le service de l'aide sociale à l'enfance de son département."
)
OTHER_ADULT = (
    "Cette personne avait déjà 18 ans le jour de la réception : retirez-la des autres mineurs et "
    "parlez-en dans « facts »."
)


class Authority(Protocol):
    @property
    def timezone(self) -> str: ...


class FoundCommune(Protocol):
    @property
    def authority(self) -> Authority: ...


FindCommune = Callable[[str], FoundCommune]


class InvalidConcern(Refusal):
    """``errors``: French messages by dotted path. ``external_ref``: the sender's, if readable."""

    message = "Cette information préoccupante n'est pas conforme : corrigez les champs signalés."

    def __init__(self, errors: Errors, *, external_ref: str | None = None) -> None:
        super().__init__()
        self.errors = errors
        self.external_ref = external_ref


def parse_concern(data: object, *, now: datetime, find_commune: FindCommune) -> ConcernInput:
    """
    Read one concern of schema 1, in its one written form.

    Args:
        data: any JSON value.
        now: aware; nothing may be received or born later.
        find_commune: gives the commune of an INSEE code, or raises a ``Refusal`` whose message
            goes under ``commune``; its authority's time zone sets the local days.

    Raises:
        InvalidConcern: with every error found, not the first alone.
    """
    found = _Findings()
    for path, text in strings_of(data):
        found.extend(path, _faults_of_any_string(text))
    if found.unreadable:
        raise InvalidConcern(found.errors, external_ref=_external_ref(data))

    concern = None
    faults = list(_faults_of_places_and_days(data, now=now, find_commune=find_commune))
    try:
        concern = ConcernInput.model_validate(data)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_input=False):
            # The map's own refusal says better than a pattern what to write instead.
            if error["type"] != "string_pattern_mismatch" or error["loc"] not in dict(faults):
                found.extend(error["loc"], [say(error)])
    for path, message in faults:
        found.extend(path, [message])

    if concern is None or found.errors:
        raise InvalidConcern(found.errors, external_ref=_external_ref(data))
    return concern


class _Findings:
    """Errors by path, each once, and not so many that nobody reads them."""

    def __init__(self) -> None:
        self.errors: Errors = {}
        self.unreadable = False

    def extend(self, path: Path, messages: list[str]) -> None:
        for message in messages:
            self.unreadable |= message == UNREADABLE
            if dotted(path) in self.errors or len(self.errors) < MOST_ERRORS:
                self._add(dotted(path), message)
            else:
                self._add("_line", AND_OTHERS)

    def _add(self, key: str, message: str) -> None:
        told = self.errors.setdefault(key, [])
        if message not in told:
            told.append(message)


AND_OTHERS = "D'autres erreurs ne sont pas montrées : corrigez d'abord celles-ci."
UNREADABLE = "Texte illisible (moitié de caractère Unicode) : retapez-le au clavier."
NUL = "Caractère de contrôle refusé (U+0000) : retirez-le ou retapez ce texte au clavier."


def _faults_of_any_string(text: str) -> list[str]:
    if HALF.search(text):
        return [UNREADABLE]
    if "\x00" in text:
        return [NUL]
    return [NO_MEDIA] if hides_media(text) else []


def _faults_of_places_and_days(
    data: object, *, now: datetime, find_commune: FindCommune
) -> Iterator[tuple[Path, str]]:
    """What needs the clock or the map, looked at even when another field is wrong."""
    if not isinstance(data, dict):
        return
    zone = PARIS
    try:
        if code := _commune(data):
            zone = find_commune(code).authority.timezone
    except Refusal as refusal:
        yield ("commune",), refusal.message
    local = ZoneInfo(zone)

    received = _moment(data.get("received_at"))
    if received and received > now:
        yield ("received_at",), IN_THE_FUTURE
    today = now.astimezone(local).date()
    reception = min(received, now).astimezone(local).date() if received else None
    for path, born, adult in _births(data):
        if born > today:
            yield path, IN_THE_FUTURE
        elif reception and born > reception:
            yield path, BORN_AFTER
        elif age_on(reception or today, born=born) >= MAJORITY:
            yield path, adult


def _births(data: dict[str, object]) -> Iterator[tuple[Path, date, str]]:
    minor, others = data.get("minor"), data.get("other_minors")
    if isinstance(minor, dict) and (born := _day(minor.get("birth_date"))):
        yield ("minor", "birth_date"), born, ADULT
    for index, other in enumerate(others if isinstance(others, list) else []):
        if isinstance(other, dict) and (born := _day(other.get("birth_date"))):
            yield ("other_minors", index, "birth_date"), born, OTHER_ADULT


def _commune(data: dict[str, object]) -> str | None:
    """What may be a code: the map knows best what to write instead of another."""
    written = data.get("commune")
    code = written.strip().upper() if isinstance(written, str) else ""
    return code if 0 < len(code) <= LONGEST_COMMUNE and code.isprintable() else None


def _moment(written: object) -> datetime | None:
    try:
        return parse_moment(written)
    except PydanticCustomError:
        return None


def _day(written: object) -> date | None:
    try:
        return parse_day(written)
    except PydanticCustomError:
        return None


def _external_ref(data: object) -> str | None:
    """The sender's reference, to find the row again, when it is one."""
    written = data.get("external_ref") if isinstance(data, dict) else None
    if not isinstance(written, str) or hides_media(written):
        return None
    try:
        return tidy(written, longest=200, lines=False) or None
    except PydanticCustomError:
        return printable(written)
