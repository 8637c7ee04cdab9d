"""From the columns of the data to the tables to publish: dimensions, codes, filters, population."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fanal.engines.disclosure.cubes import TOTAL, Dimension, Table
from fanal.engines.disclosure.policies import TERRITORIES
from fanal.engines.disclosure.refusals import UnreadableCube
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rows import Rows
from fanal.engines.disclosure.release.spec import Asked, Spec, Variable

CELLS_AT_MOST = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """
    Args:
        rows: the people of the population alone.
        tables: what to publish; every variable is a dimension of each, at its total or its filter
            where the table does not cross it: a total is that of the people who were there.
        asked: for each table, what was asked.
        roles, levels: by column.
    """

    spec: Spec
    rows: Rows
    tables: tuple[Table, ...]
    asked: tuple[Asked, ...]
    roles: Mapping[str, str]
    levels: Mapping[str, str]

    def crossed(self, number: int) -> list[int]:
        """The axes of a table that it crosses, in the order asked."""
        names = [one.name for one in self.tables[number].dimensions]
        return [
            names.index(self.spec.variables[name].column) for name in self.asked[number].variables
        ]

    def territory(self, number: int) -> str:
        """The finest territory that a table tells apart."""
        asked = self.asked[number]
        found = [
            self.spec.variables[name].level
            for name in (*asked.variables, *asked.filters)
            if self.spec.variables[name].role == "territory"
        ]
        return min(found, key=TERRITORIES.index, default="national")


def frame(spec: Spec, rows: Rows) -> Frame:
    """
    Raises:
        NotReleased: codes, groups, hierarchies or filters do not fit the data or one another.
    """
    by_column: dict[str, list[Variable]] = {}
    for one in spec.variables.values():
        by_column.setdefault(one.column, []).append(one)
    for name, kept in spec.population.items():
        column = spec.variables[name].column
        missing = [value for value in kept if value not in rows.values[column]]
        if missing:
            raise _wrong(f"« {missing[0]} » n'est pas une valeur de la colonne « {column} »")
        rows = rows.only(column, sorted(set(kept)))
    restricted = {spec.variables[name].column for name in spec.population}
    try:
        built = {
            column: _dimension(column, variables, rows, closed=column in restricted)
            for column, variables in by_column.items()
        }
        rows = _renumbered(rows, {column: one[0] for column, one in built.items()})
        tables = tuple(_table(asked, spec, built) for asked in spec.tables)
    except UnreadableCube as error:
        raise NotReleased(Reason.UNREADABLE_SPEC, str(error)) from None
    return Frame(
        spec, rows, tables, spec.tables,
        {column: variables[0].role for column, variables in by_column.items()},
        {column: _finest(variables) for column, variables in by_column.items()},
    )  # fmt: skip


def _finest(variables: list[Variable]) -> str:
    levels = [one.level for one in variables if one.level]
    return min(levels, key=TERRITORIES.index, default="")


def _wrong(why: str) -> NotReleased:
    return NotReleased(Reason.UNREADABLE_SPEC, f"La demande ne va pas avec les données : {why}.")


Built = tuple[Dimension, dict[str, tuple[str, ...]]]


def _dimension(column: str, variables: list[Variable], rows: Rows, *, closed: bool) -> Built:
    """The dimension of a column, and the codes that each of its variables shows."""
    atoms = list(rows.values[column])
    trees: dict[str, Dimension] = {}
    for one in variables:
        if one.values:
            outside = set(rows.values[column]).difference(one.values)
            if outside and not closed:
                raise _wrong(f"la colonne « {column} » a des valeurs hors de « values »")
            atoms += [value for value in one.values if value not in atoms and not closed]
        if one.hierarchy is not None:
            trees[one.name] = Dimension.tree(column, _parents(one.hierarchy), total=TOTAL)
            outside = set(rows.values[column]).difference(trees[one.name].atoms)
            if outside:
                raise _wrong(
                    f"« {min(outside)} », de la colonne « {column} », n'est pas dans la hiérarchie"
                )
            atoms += [atom for atom in trees[one.name].atoms if atom not in atoms and not closed]
    dimension = Dimension.flat(column, sorted(atoms), total=TOTAL)
    shown = {}
    for one in variables:
        codes: list[str] = []
        groups = {
            code: tuple(a for i, a in enumerate(trees[one.name].atoms) if mask >> i & 1)
            for code, mask in (trees[one.name].groups.items() if one.name in trees else ())
        }
        for code, members in {**groups, **one.groups}.items():
            held = [member for member in members if member in dimension.codes or not closed]
            if code not in dimension.groups and held:
                dimension = dimension.also(code, held)
            codes += [code] if held else []
        shown[one.name] = _codes(one, codes, dimension)
    return dimension, shown


def _codes(one: Variable, groups: list[str], dimension: Dimension) -> tuple[str, ...]:
    if one.show:
        for code in one.show:
            dimension.mask(code)
        return tuple(dict.fromkeys(one.show))
    atoms = () if one.parents_only else dimension.atoms
    return (dimension.total, *dict.fromkeys(groups), *atoms)


def _parents(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise _wrong(f"la hiérarchie {path.name} ne se lit pas") from None
    parents: dict[str, str] = {}
    for row in rows[1:]:
        if len(row) != 2 or not row[0]:  # noqa: PLR2004
            raise _wrong(f"la hiérarchie {path.name} a deux colonnes : un code, celui au-dessus")
        if row[0] in parents:
            raise _wrong(f"« {row[0]} » est deux fois dans la hiérarchie {path.name}")
        parents[row[0]] = row[1] or TOTAL
    if not parents:
        raise _wrong(f"la hiérarchie {path.name} est vide")
    return parents


def _renumbered(rows: Rows, dimensions: Mapping[str, Dimension]) -> Rows:
    """Codes numbered as the atoms of the dimensions, which may be more than those in the data."""
    import numpy as np

    codes, values = dict(rows.codes), dict(rows.values)
    for column, dimension in dimensions.items():
        places = {atom: place for place, atom in enumerate(dimension.atoms)}
        new = np.array([places[value] for value in rows.values[column]], dtype=np.int64)
        codes[column], values[column] = new[codes[column]], dimension.atoms
    return Rows(values, codes, rows.people, rows.digest)


def _table(asked: Asked, spec: Spec, built: dict[str, Built]) -> Table:
    only: dict[str, tuple[str, ...]] = dict.fromkeys(built, (TOTAL,))
    dimensions = {column: one[0] for column, one in built.items()}
    for name in asked.variables:
        only[spec.variables[name].column] = built[spec.variables[name].column][1][name]
    for name, members in asked.filters.items():
        column = spec.variables[name].column
        code = members[0]
        if len(members) > 1:
            code = " + ".join(members)
            if code not in dimensions[column].groups:
                dimensions[column] = dimensions[column].also(code, members)
        dimensions[column].mask(code)
        only[column] = (code,)
    made = Table(asked.name, tuple(dimensions.values()), only)
    cells = 1
    for size in made.shape:
        cells *= size
    if cells > CELLS_AT_MOST:
        raise NotReleased(
            Reason.TOO_LARGE,
            f"Le tableau « {asked.name} » aurait plus de {CELLS_AT_MOST} cases : croisez moins.",
        )
    return made
