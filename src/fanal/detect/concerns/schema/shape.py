"""Schema 1 of an incoming concern: what a school, a helpline or a service may send."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from fanal.detect.concerns.schema.strings import printable
from fanal.detect.concerns.schema.text import tidy
from fanal.detect.concerns.schema.values import (
    COMMUNE,
    AgeEstimate,
    AuthorKind,
    Day,
    Exploitation,
    Lines,
    LinesOrNone,
    Moment,
    Narrative,
    ReasonOrNone,
    Reference,
    Sex,
    Strict,
    Words,
    WordsOrNone,
    YesNo,
)
from fanal.detect.screening.queries import known_codes, load

# People who write for themselves have no function to give.
WITHOUT_FUNCTION = frozenset({"family", "other"})


class Author(Strict):
    kind: AuthorKind = Field(
        title="Qui transmet", description="Nature du service ou de la personne qui transmet."
    )
    name: Words = Field(title="Nom", description="Nom de la personne qui transmet.")
    function: Annotated[str, Field(max_length=200)] = Field(
        default="",
        validate_default=True,
        title="Fonction",
        description="Fonction de la personne ; facultative pour « family » et « other ».",
    )
    contact: Lines = Field(
        title="Contact", description="Téléphone ou adresse électronique où la joindre."
    )

    @field_validator("function", mode="before")
    @classmethod
    def _tidy_function(cls, text: Any) -> Any:
        return tidy(text, longest=200, lines=False) if isinstance(text, str) else text

    @field_validator("function")
    @classmethod
    def _a_professional_gives_a_function(cls, text: str, info: ValidationInfo) -> str:
        if not text and info.data.get("kind", "other") not in WITHOUT_FUNCTION:
            raise PydanticCustomError(
                "function_missing", "Indiquez la fonction de la personne qui transmet."
            )
        return text


class Minor(Strict):
    given_names: WordsOrNone = Field(
        default=None, title="Prénoms", description="Prénoms ; un prénom ou un nom est obligatoire."
    )
    family_name: WordsOrNone = Field(
        default=None,
        validate_default=True,
        title="Nom de famille",
        description="Nom de famille ; un prénom ou un nom est obligatoire.",
    )
    age_estimate: AgeEstimate | None = Field(
        default=None,
        title="Âge estimé",
        description="Âge estimé en années, de 0 à 17, si la date de naissance n'est pas connue.",
    )
    birth_date: Day | None = Field(
        default=None,
        validate_default=True,
        title="Date de naissance",
        description="Date de naissance (année-mois-jour) ; date ou âge estimé obligatoire.",
    )
    sex: Sex = Field(title="Sexe", description="F, M, X ou « unknown » si vous ne savez pas.")
    address: LinesOrNone = Field(
        default=None, title="Adresse", description="Adresse où le jeune vit ou séjourne."
    )
    school: WordsOrNone = Field(
        default=None,
        title="Établissement scolaire",
        description="École, collège, lycée ou centre de formation.",
    )

    @field_validator("family_name")
    @classmethod
    def _somebody_is_named(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name is None and info.data.get("given_names", "unread") is None:
            raise PydanticCustomError(
                "name_missing", "Indiquez au moins un prénom ou un nom de famille, même incertain."
            )
        return name

    @field_validator("birth_date")
    @classmethod
    def _an_age_is_known(cls, born: date | None, info: ValidationInfo) -> date | None:
        if born is None and info.data.get("age_estimate", "unread") is None:
            raise PydanticCustomError(
                "age_missing",
                "Indiquez une date de naissance ou, à défaut, un âge estimé dans « age_estimate ».",
            )
        return born


class OtherMinor(Strict):
    given_names: WordsOrNone = Field(default=None, title="Prénoms")
    family_name: WordsOrNone = Field(default=None, title="Nom de famille")
    birth_date: Day | None = Field(default=None, title="Date de naissance")
    age_estimate: AgeEstimate | None = Field(default=None, title="Âge estimé")
    sex: Sex | None = Field(default=None, title="Sexe")
    tie: WordsOrNone = Field(
        default=None, title="Lien", description="Lien avec le jeune : frère, sœur, cousine…"
    )
    school: WordsOrNone = Field(default=None, title="Établissement scolaire")
    address: LinesOrNone = Field(default=None, title="Adresse")

    @model_validator(mode="after")
    def _somebody_is_meant(self) -> Self:
        if (self.given_names, self.family_name, self.birth_date, self.age_estimate) == (None,) * 4:
            raise PydanticCustomError(
                "other_minor_unnamed",
                "Indiquez au moins un nom ou un âge pour cet autre mineur, ou retirez-le.",
            )
        return self


class Holder(Strict):
    name: Words = Field(title="Nom", description="Nom du titulaire de l'autorité parentale.")
    tie: WordsOrNone = Field(
        default=None, title="Lien", description="Lien avec le jeune : mère, père, tutrice…"
    )
    contact: LinesOrNone = Field(default=None, title="Contact")


class ParentsInformed(Strict):
    value: YesNo = Field(
        title="Parents informés",
        description="« yes » si les parents sont informés de la transmission, « no » sinon.",
    )
    reason: ReasonOrNone = Field(
        default=None,
        validate_default=True,
        title="Motif",
        description="Obligatoire si les parents ne sont pas informés.",
    )

    @field_validator("reason")
    @classmethod
    def _silence_has_a_reason(cls, reason: str | None, info: ValidationInfo) -> str | None:
        # CASF L226-2-1: informed beforehand, unless contrary to the interest of the child.
        if reason is None and info.data.get("value") == "no":
            raise PydanticCustomError(
                "reason_missing",
                "Dites pourquoi les parents ne sont pas informés (intérêt de l'enfant, danger, "
                "parents injoignables…).",
            )
        return reason


class ConcernInput(Strict):
    """A concern that the schema accepts, in its one written form."""

    external_ref: Reference = Field(
        title="Votre référence",
        description="Votre propre numéro pour cette fiche, unique dans votre organisation.",
    )
    received_at: Moment = Field(
        title="Reçue le",
        description="Date et heure où l'information est apparue, avec le fuseau (ISO 8601).",
    )
    commune: Annotated[str, Field(pattern=f"^{COMMUNE.pattern}$")] = Field(
        title="Commune",
        description="Code INSEE (pas le code postal) de la commune où le jeune vit ou séjourne.",
    )
    author: Author = Field(
        title="Personne qui transmet", description="Objet : kind, name, function, contact."
    )
    minor: Minor = Field(
        title="Le jeune", description="Objet : nom ou prénom, date de naissance ou âge, sexe."
    )
    facts: Narrative = Field(
        title="Faits",
        description="Ce qui a été vu ou entendu, quand et par qui : du texte, jamais d'image.",
    )
    immediate_danger: bool = Field(
        title="Danger immédiat",
        description="true ou false. Ce canal n'est pas un numéro d'urgence : 17 ou 112.",
    )
    missing_now: bool = Field(
        title="Disparu en ce moment", description="true si personne ne sait où est le jeune."
    )
    child_informed: bool = Field(
        title="Jeune informé", description="true si le jeune sait que vous transmettez."
    )
    parents_informed: ParentsInformed = Field(
        title="Parents informés", description="Objet : value (« yes » ou « no »), reason si « no »."
    )
    exploitation: Exploitation = Field(
        title="Exploitation", description="Situation d'exploitation : none, suspected ou confirmed."
    )
    other_minors: list[OtherMinor] = Field(
        default=[], max_length=20, title="Autres mineurs du foyer"
    )
    holders: list[Holder] = Field(
        default=[], max_length=10, title="Titulaires de l'autorité parentale"
    )
    indicators: list[str] = Field(
        default=[],
        max_length=200,
        title="Repères",
        description="Codes de la grille GRID_FR_1 : un domaine (« RUN ») ou un fait (« RUN-1 »).",
    )

    @field_validator("commune", mode="before")
    @classmethod
    def _tidy_commune(cls, code: Any) -> Any:
        return code.strip().upper() if isinstance(code, str) else code

    @field_validator("indicators")
    @classmethod
    def _indicators_are_known(cls, codes: list[str]) -> list[str]:
        """A set, kept in the order of the grid."""
        if unknown := sorted(set(codes) - known_codes()):
            raise PydanticCustomError(
                "indicator_unknown",
                "Repère inconnu : {codes}. Utilisez les codes de la grille : un domaine "
                "({domains}) ou un fait, comme RUN-1.",
                {
                    "codes": ", ".join(printable(code, longest=20) for code in unknown[:5]),
                    "domains": ", ".join(domain.code for domain in load().domains),
                },
            )
        return [code for code in load().codes() if code in codes]
