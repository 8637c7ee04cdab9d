"""What pydantic refuses, said in French to the person who can mend it."""

from inspect import isclass
from typing import Any, get_args

from pydantic_core import ErrorDetails

from fanal.detect.concerns.schema.shape import ConcernInput
from fanal.detect.concerns.schema.values import Strict

# One sentence per refusal that the models can make; our own validators bring their own.
SENTENCES = {
    "missing": "Ce champ est obligatoire.",
    "extra_forbidden": "Champ inconnu : retirez-le, ou écrivez cette information dans « {words} ».",
    "invalid_key": "Nom de champ refusé : un nom de champ est un texte entre guillemets.",
    "model_type": "Écrivez un objet entre accolades, avec ses champs.",
    "model_attributes_type": "Écrivez un objet entre accolades, avec ses champs.",
    "list_type": "Écrivez une liste entre crochets.",
    "too_long": "Liste trop longue : {max_length} au plus.",
    "string_type": "Écrivez du texte entre guillemets.",
    "string_unicode": "Texte illisible : retapez-le au clavier.",
    "string_too_short": "Ce champ est vide : complétez-le.",
    "string_too_long": "Texte trop long : {max_length} caractères au plus.",
    "string_pattern_mismatch": "Forme refusée.",
    "bool_type": "Répondez par true ou false, sans guillemets.",
    "int_type": "Écrivez un nombre entier d'années, sans guillemets ni virgule.",
    "greater_than_equal": "Nombre trop petit : {ge} au moins.",
    "less_than_equal": "Nombre trop grand : {le} au plus.",
    "literal_error": "Valeur inconnue. Choisissez parmi : {choices}.",
}
# A type that a later version of pydantic might bring still speaks French.
ANY_OTHER = "Valeur refusée : comparez-la au schéma des informations préoccupantes."
# These say what is wrong but not what to write: the description of the field follows.
NEED_A_DESCRIPTION = frozenset(
    {"missing", "model_type", "model_attributes_type", "string_pattern_mismatch", "int_type"}
)
# Raised by our own validators, in French already.
OWN_TYPES = frozenset(
    {
        "age_missing",
        "blank",
        "control_character",
        "day_form",
        "day_unreal",
        "function_missing",
        "indicator_unknown",
        "moment_form",
        "moment_too_old",
        "moment_unreal",
        "moment_zone",
        "name_missing",
        "nothing_seen",
        "other_minor_unnamed",
        "place_missing",
        "reason_missing",
        "single_line",
        "stacked_marks",
        "too_long_raw",
        "too_long_text",
    }
)


def say(error: ErrorDetails, *, model: type[Strict] = ConcernInput, words: str = "facts") -> str:
    """
    The French sentence for one error of pydantic.

    Args:
        model: what was being read, whose descriptions say what to write.
        words: its field of free words, for what has no field of its own.
    """
    kind = error["type"]
    if kind in OWN_TYPES:
        return error["msg"]
    context: dict[str, Any] = error.get("ctx", {})
    choices = str(context.get("expected", "")).replace(" or ", " ou ").replace("'", "")
    sentence = SENTENCES.get(kind, ANY_OTHER).format_map(
        {**context, "choices": choices, "words": words}
    )
    if kind in NEED_A_DESCRIPTION and (description := describe(error["loc"], model=model)):
        return f"{sentence} {description}"
    return sentence


def describe(path: tuple[int | str, ...], *, model: type[Strict] = ConcernInput) -> str:
    """The published description of the field at ``path``."""
    reading: type[Strict] | None = model
    description = ""
    for part in path:
        if isinstance(part, int):
            continue
        field = reading.model_fields.get(part) if reading else None
        if field is None:
            return ""
        description = field.description or ""
        reading = _model_in(field.annotation)
    return description


def _model_in(annotation: Any) -> type[Strict] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isclass(candidate) and issubclass(candidate, Strict):
            return candidate
    return None
