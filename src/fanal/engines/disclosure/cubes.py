"""
Dimensions and tables: what may be published, before anything is counted.

A variable has *atoms*, its finest codes; every code that can be published is a set of atoms:
a département is the set of its communes, "15 ans et plus" a set of ages. Two codes with the same
atoms are one code. The code that holds every atom is the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fanal.engines.disclosure.refusals import UnreadableCube

TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    A variable and the codes it can be published under.

    Args:
        name: of the variable.
        atoms: its finest codes, in order.
        groups: code -> its atoms as a bit mask (bit ``i`` for ``atoms[i]``), atoms left out.
        total: what the code that holds every atom is called.
    """

    name: str
    atoms: tuple[str, ...]
    groups: Mapping[str, int] = field(default_factory=dict)
    total: str = TOTAL

    def __post_init__(self) -> None:
        if not self.atoms:
            raise UnreadableCube(f"La variable « {self.name} » n'a aucune modalité.")
        codes = [self.total, *self.atoms, *self.groups]
        if len(set(codes)) != len(codes):
            raise UnreadableCube(f"La variable « {self.name} » a deux fois la même modalité.")

    @classmethod
    def flat(cls, name: str, codes: Iterable[str], *, total: str = TOTAL) -> Dimension:
        """A variable without hierarchy."""
        return cls(name, tuple(codes), total=total)

    @classmethod
    def tree(cls, name: str, parents: Mapping[str, str], *, total: str = TOTAL) -> Dimension:
        """
        A variable with a hierarchy: ``parents[code]`` is the code above.

        A code that is nobody's parent is an atom; a code without a parent stands under the total.

        Raises:
            UnreadableCube: a code stands above itself.
        """
        above = set(parents.values())
        atoms = tuple(code for code in parents if code not in above)
        masks: dict[str, int] = {}
        for place, atom in enumerate(atoms):
            seen, code = {atom}, parents.get(atom)
            while code is not None and code != total:
                if code in seen:
                    raise UnreadableCube(f"« {name} » : « {code} » est au-dessus de lui-même.")
                seen.add(code)
                masks[code] = masks.get(code, 0) | 1 << place
                code = parents.get(code)
        circular = above.difference(masks, {total})
        if circular or not atoms:
            raise UnreadableCube(f"« {name} » : une modalité est au-dessus d'elle-même.")
        return cls(name, atoms, masks, total)

    def also(self, code: str, members: Iterable[str]) -> Dimension:
        """The same variable with one more code, made of ``members`` (atoms or other codes)."""
        mask = 0
        for member in members:
            mask |= self.mask(member)
        return Dimension(self.name, self.atoms, {**self.groups, code: mask}, self.total)

    @property
    def everything(self) -> int:
        return (1 << len(self.atoms)) - 1

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code: the total, then the groups, then the atoms."""
        return (self.total, *self.groups, *self.atoms)

    def masks(self) -> dict[str, int]:
        """Code -> atoms as a bit mask."""
        atoms = {atom: 1 << place for place, atom in enumerate(self.atoms)}
        return {self.total: self.everything, **self.groups, **atoms}

    def mask(self, code: str) -> int:
        if code == self.total:
            return self.everything
        if code in self.groups:
            return self.groups[code]
        if code not in self.atoms:
            raise UnreadableCube(f"« {code} » n'est pas une modalité de « {self.name} ».")
        return 1 << self.atoms.index(code)


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table over some variables, with all its margins.

    Args:
        name: for messages.
        dimensions: its variables.
        only: variable -> the codes that are published, when not all of them (the total only if it
            is named). One code alone makes a filter: the table of these people only.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [dimension.name for dimension in self.dimensions]
        if len(set(names)) != len(names) or not set(self.only) <= set(names):
            raise UnreadableCube(f"Tableau « {self.name} » : ses variables ne vont pas ensemble.")

    def codes(self, dimension: Dimension) -> tuple[str, ...]:
        """The codes of a variable that this table shows, in order."""
        return tuple(self.only.get(dimension.name, dimension.codes))

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(self.codes(dimension)) for dimension in self.dimensions)
