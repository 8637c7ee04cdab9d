"""What a release is asked to be: a TOML file that names its rule, its variables and its tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from fanal.engines.disclosure.policies import TERRITORIES
from fanal.engines.disclosure.release.refusals import NotReleased, Reason

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = ("fact", "person", "territory", "time")


class Method(StrEnum):
    SUPPRESS = "suppress"
    ROUND = "round"
    CELLKEY = "cellkey"
    PRIVATE = "private"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Variable:
    """
    A variable of the release, read from a column of the data.

    Args:
        role: "territory", "time", "person" (what neighbours know: age, sex) or "fact" (what the
            table would teach them).
        level: of a territory, from "commune" to "national".
        hierarchy: CSV of two columns, a code and the one above.
        groups: more codes, each with its members.
        values: every value that the column may hold; those of the data by default. Private
            releases need it: a value that one child alone has would tell of this child.
        show: the codes to publish; all by default.
        parents_only: publish the codes of the hierarchy and the groups, not the finest ones.
    """

    name: str
    column: str
    label: str
    role: str
    level: str
    hierarchy: Path | None
    groups: Mapping[str, tuple[str, ...]]
    values: tuple[str, ...]
    show: tuple[str, ...]
    parents_only: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One table: the variables it crosses, the people it counts, and whether it crosses lists."""

    name: str
    variables: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    capture: bool


@dataclass(frozen=True, slots=True)
class Spec:
    """See ``docs/engines/disclosure.md`` for each field, with a worked example."""

    name: str
    title: str
    series: str
    policy: str
    method: Method
    date: date
    contact: str
    publisher: str
    description: str
    license: str
    contributor: str | None
    contributor_unknown: bool
    record: str | None
    count: str | None
    epsilon: float | None
    variables: Mapping[str, Variable]
    population: Mapping[str, tuple[str, ...]]
    tables: tuple[Asked, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the data that are read, each once."""
        return tuple(dict.fromkeys(one.column for one in self.variables.values()))


def read_spec(path: Path) -> Spec:
    """
    Raises:
        NotReleased: in French, with the field and what to write.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise _unreadable(f"le fichier {path} ne s'ouvre pas") from None
    except UnicodeDecodeError:
        raise _unreadable("le fichier n'est pas en UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"ce n'est pas du TOML ({error})") from None
    return _Reader(fields, path.parent).spec()


def _unreadable(why: str) -> NotReleased:
    return NotReleased(Reason.UNREADABLE_SPEC, f"La demande de publication ne se lit pas : {why}.")


class _Reader:
    """Fields of one table of the file, each taken once; what is left over is a mistake."""

    def __init__(self, fields: dict[str, Any], folder: Path, where: str = "") -> None:
        self.left, self.folder, self.where = dict(fields), folder, where

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        value = self.left.pop(name, default)
        if value is ...:
            raise _unreadable(f"il manque « {name} »{self.where}")
        kinds = kind if isinstance(kind, tuple) else (kind,)
        # In Python a bool is an int.
        fits = bool in kinds if isinstance(value, bool) else isinstance(value, kinds)
        if value is not default and not fits:
            raise _unreadable(f"« {name} »{self.where} n'a pas la forme attendue")
        return value

    def text(self, name: str, default: Any = ...) -> Any:
        value = self.take(name, str, default)
        if isinstance(value, str) and not value.strip() and default is ...:
            raise _unreadable(f"« {name} »{self.where} est vide")
        return value

    def texts(self, name: str, default: Any = ...) -> tuple[str, ...]:
        values = self.take(name, list, default)
        if not all(isinstance(one, str) for one in values):
            raise _unreadable(f"« {name} »{self.where} doit être une liste de textes")
        return tuple(values)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        inner = _Reader(self.take(name, dict, {}), self.folder, f" de « {name} »{self.where}")
        found = {}
        for key in list(inner.left):
            value = inner.left[key]
            if isinstance(value, str):
                inner.left[key] = [value]
            found[key] = inner.texts(key)
        return found

    def done(self) -> None:
        if self.left:
            raise _unreadable(f"« {min(self.left)} »{self.where} n'est pas un champ connu")

    def spec(self) -> Spec:
        name = self.text("name")
        if not SLUG.fullmatch(name):
            raise _unreadable("« name » s'écrit en minuscules, chiffres et tirets")
        variables = self._variables()
        contributor = self.take("contributor", (str, bool), None)
        spec = Spec(
            name=name,
            title=self.text("title"),
            series=self.text("series"),
            policy=self.text("policy"),
            method=self._method(),
            date=self._date(),
            contact=self.text("contact"),
            publisher=self.text("publisher", ""),
            description=self.text("description", ""),
            license=self.text("license", ""),
            contributor=contributor if isinstance(contributor, str) else None,
            contributor_unknown=contributor is False,
            record=self.text("record", None),
            count=self.text("count", None),
            epsilon=self.take("epsilon", (int, float), None),
            variables=variables,
            population=self.lists("population"),
            tables=self._tables(variables),
        )
        self.done()
        _known(spec.population, variables, " de « population »")
        return spec

    def _method(self) -> Method:
        method = self.text("method")
        if method not in tuple(Method):
            raise _unreadable(f"« method » est l'un de : {', '.join(Method)}")
        return Method(method)

    def _date(self) -> date:
        found = self.take("date", date)
        return date(found.year, found.month, found.day)

    def _variables(self) -> dict[str, Variable]:
        found = {}
        for name, fields in self.take("variables", dict).items():
            if not isinstance(fields, dict):
                raise _unreadable(f"la variable « {name} » doit être une section")
            found[name] = _Reader(fields, self.folder, f" de la variable « {name} »").variable(name)
        if not found:
            raise _unreadable("il n'y a aucune variable")
        return found

    def variable(self, name: str) -> Variable:
        role, hierarchy = self.text("role", "fact"), self.text("hierarchy", None)
        if role not in ROLES:
            raise _unreadable(f"« role »{self.where} est l'un de : {', '.join(ROLES)}")
        level = self.text("level", "") if role != "territory" else self.text("level")
        if role == "territory" and level not in TERRITORIES:
            raise _unreadable(f"« level »{self.where} est l'un de : {', '.join(TERRITORIES)}")
        made = Variable(
            name=name,
            column=self.text("column", name),
            label=self.text("label", name),
            role=role,
            level=level,
            hierarchy=self.folder / hierarchy if hierarchy else None,
            groups=self.lists("groups"),
            values=self.texts("values", []),
            show=self.texts("show", []),
            parents_only=self.take("parents_only", bool, False),
        )
        self.done()
        return made

    def _tables(self, variables: Mapping[str, Variable]) -> tuple[Asked, ...]:
        found: dict[str, Asked] = {}
        for number, fields in enumerate(self.take("tables", list), start=1):
            reader = _Reader(fields, self.folder, f" du tableau n° {number}")
            asked = Asked(
                name=reader.text("name"),
                variables=reader.texts("variables"),
                filters=reader.lists("filters"),
                capture=reader.take("capture", bool, False),
            )
            reader.done()
            if not SLUG.fullmatch(asked.name) or asked.name in found:
                raise _unreadable(f"le nom{reader.where} doit être un mot en minuscules, unique")
            _known(dict.fromkeys((*asked.variables, *asked.filters)), variables, reader.where)
            columns = [variables[one].column for one in (*asked.variables, *asked.filters)]
            if not asked.variables or len(set(columns)) != len(columns):
                raise _unreadable(f"les variables{reader.where} doivent être distinctes")
            found[asked.name] = asked
        if not found:
            raise _unreadable("il n'y a aucun tableau")
        return tuple(found.values())


def _known(names: Mapping[str, Any], variables: Mapping[str, Variable], where: str) -> None:
    for name in names:
        if name not in variables:
            raise _unreadable(f"« {name} »{where} n'est pas une variable")
