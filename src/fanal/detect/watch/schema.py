"""One alert as a platform's own software sends it; refused in French, field by field."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from fanal.detect.concerns.schema.media import MESSAGE as NO_MEDIA
from fanal.detect.concerns.schema.media import hides_media
from fanal.detect.concerns.schema.messages import say
from fanal.detect.concerns.schema.parse import HALF, NUL, UNREADABLE
from fanal.detect.concerns.schema.strings import Path, dotted, strings_of
from fanal.detect.concerns.schema.text import tidy
from fanal.detect.concerns.schema.values import COMMUNE, Reference, Strict, WordsOrNone
from fanal.detect.watch import terms
from fanal.detect.watch.use_cases import Told
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import find_commune

LodgingCode = Literal["hotel", "short_let", "guest_room", "camping", "other"]
MomentCode = Literal["now", "day", "week", "before"]
SeenCode = Literal["yes", "perhaps", "no", "unknown"]
SignCode = Literal[
    "help", "violence", "fear", "alone", "control", "held", "visits", "stay", "door", "occupied"
]
MOST_ERRORS = 50
Errors = dict[str, list[str]]


class InvalidAlert(Refusal):
    """``errors``: French messages by dotted path."""

    message = "Cette alerte n’est pas conforme : corrigez les champs signalés."

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


def _tidied(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return tidy(text, longest=terms.LONGEST_WORDS, lines=True) or None


class AlertInput(Strict):
    """What a platform tells of a lodging: no guest, no image."""

    external_ref: Reference = Field(
        title="Votre référence",
        description="Votre propre numéro pour cette alerte, unique dans votre organisation.",
    )
    commune: Annotated[str, Field(pattern=f"^{COMMUNE.pattern}$")] = Field(
        title="Commune", description="Code INSEE (pas le code postal) de la commune du logement."
    )
    lodging: LodgingCode = Field(title="Hébergement", description="Nature de l'hébergement.")
    address: WordsOrNone = Field(
        default=None, title="Adresse", description="Adresse du logement, sur une ligne."
    )
    listing: WordsOrNone = Field(
        default=None,
        title="Annonce",
        description="Numéro d'enregistrement, adresse (URL) ou numéro de l'annonce.",
    )
    moment: MomentCode = Field(title="Quand", description="Quand cela a été vu.")
    there_now: SeenCode = Field(
        title="Des personnes sont là", description="Si ces personnes sont là en ce moment."
    )
    minor: SeenCode = Field(
        title="Un enfant semble présent", description="Si un enfant ou un adolescent semble là."
    )
    danger: bool | None = Field(
        default=None,
        title="Danger maintenant",
        description="true si quelqu'un est en danger maintenant : appelez d'abord le 17 ou le 112.",
    )
    signs: list[SignCode] | None = Field(
        default=None, max_length=20, title="Ce qui a été vu", description="Codes de la liste."
    )
    words: Annotated[
        str | None, Field(max_length=terms.LONGEST_WORDS), BeforeValidator(_tidied)
    ] = Field(
        default=None,
        title="Récit",
        description="Ce qui a été vu ou entendu : ni nom de client, ni image.",
    )
    contact: WordsOrNone = Field(
        default=None, title="Contact", description="Où vous joindre ; seul le point de contact lit."
    )

    @field_validator("commune", mode="before")
    @classmethod
    def _tidy_commune(cls, code: Any) -> Any:
        return code.strip().upper() if isinstance(code, str) else code

    @model_validator(mode="after")
    def _a_place_and_something_seen(self) -> Self:
        if not (self.address or self.listing):
            raise PydanticCustomError(
                "place_missing", "Donnez l’adresse du logement (address) ou l’annonce (listing)."
            )
        if not (self.signs or self.words):
            raise PydanticCustomError("nothing_seen", "Dites ce qui a été vu : signs ou words.")
        return self

    def digest(self) -> str:
        """The same content, whatever the order of its keys."""
        written = json.dumps(
            self.model_dump(mode="json", exclude_none=True), ensure_ascii=False, sort_keys=True
        )
        return hashlib.sha256(f"lodging-alert-1:{written}".encode()).hexdigest()

    def told(self, commune: Commune) -> Told:
        return Told(
            commune=commune,
            lodging=terms.Lodging(self.lodging),
            moment=terms.Moment(self.moment),
            minor=terms.Seen(self.minor),
            there_now=terms.Seen(self.there_now),
            writer=terms.Writer.PLATFORM,
            address=self.address or "",
            listing=self.listing or "",
            danger=bool(self.danger),
            signs=tuple(dict.fromkeys(map(terms.Sign, self.signs or ()))),
            words=self.words or "",
            contact=self.contact or "",
        )


def parse_alert(data: object) -> tuple[AlertInput, Commune]:
    """
    Read one alert, from any JSON value.

    Raises:
        InvalidAlert: with every error found, not the first alone.
    """
    errors: Errors = {}
    for path, text in strings_of(data):
        if fault := _fault_of(text):
            _add(errors, path, fault)
    if errors:
        raise InvalidAlert(errors)
    commune = None
    try:
        read = AlertInput.model_validate(data)
        commune = find_commune(read.commune)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_input=False):
            _add(errors, error["loc"], say(error, model=AlertInput, words="words"))
    except Refusal as refusal:
        _add(errors, ("commune",), refusal.message)
    if errors or commune is None:
        raise InvalidAlert(errors)
    return read, commune


def json_schema() -> dict[str, Any]:
    return AlertInput.model_json_schema()


def _fault_of(text: str) -> str:
    if HALF.search(text):
        return UNREADABLE
    if "\x00" in text:
        return NUL
    return NO_MEDIA if hides_media(text) else ""


def _add(errors: Errors, path: Path, message: str) -> None:
    if len(errors) < MOST_ERRORS and message not in errors.setdefault(dotted(path), []):
        errors[dotted(path)].append(message)
