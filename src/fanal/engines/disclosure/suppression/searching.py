"""The search for a pattern: protect the parts, then the whole, then let the audit judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fanal.engines.disclosure.audit import WIDTH, Audit, audit, knowledge
from fanal.engines.disclosure.bounds import Floats
from fanal.engines.disclosure.counting import misread
from fanal.engines.disclosure.linking import Flags, Integers, Kind, Linked
from fanal.engines.disclosure.primary import Zeros, zeros_of
from fanal.engines.disclosure.refusals import Code, Refused
from fanal.engines.disclosure.suppression.master import Master, satisfy
from fanal.engines.disclosure.suppression.problem import Cut, Problem, Threat, threats
from fanal.engines.disclosure.suppression.readers import Part, Reader, readers
from fanal.engines.disclosure.suppression.separation import Attack

PRESUMED = 1
ROUNDS_AT_MOST = 500
PATIENCE = 100
# Past so many rounds, a pattern this near the cheapest one is good enough to go on from.
EXACT, GAP = 25, 0.005
# Parts of so few cells are protected whole, and not only where the audit says.
SMALL = 200
# Where fractional tables would leave a cell its width and whole ones do not, more is asked for.
TIMES_THE_WIDTH = 4
SAME = 1 + 1e-6
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """
    What to print.

    Args:
        hidden: cells whose count is not printed; nobody must be told which are primary.
        primary, complementary: the two reasons, for those who may know them.
        lost: the people counted in complementary cells.
        cost: of these cells; see ``suppress``.
        optimal: no pattern that protects as much costs less.
        bound: what any pattern that protects as much costs at least.
        rounds: how many times the pattern was chosen again.
        audit: what a reader can compute of the hidden cells.
    """

    hidden: Flags
    primary: Flags
    complementary: Flags
    lost: int
    cost: float
    optimal: bool
    bound: float
    rounds: int
    audit: Audit


def suppress(
    linked: Linked,
    counts: Integers,
    primary: Flags,
    *,
    zeros: Zeros | Sequence[Zeros] = Zeros.MAY_HIDE,
    must_show: Flags | None = None,
    already_hidden: Flags | None = None,
    cost: Floats | None = None,
    width: int = WIDTH,
    presumed: int = PRESUMED,
    patience: int = PATIENCE,
    seed: int = 0,
    stop: Callable[[], bool] | None = None,
    progress: Progress | None = None,
) -> Suppression | Refused:
    """
    Hide as little as possible beside ``primary`` so that every hidden cell keeps ``width``.

    Args:
        counts: of every cell, differences and joint cells included.
        primary: cells that a rule hides; a difference among them is protected too.
        zeros: what each table does with its zeros.
        must_show: cells printed already, or that must be.
        already_hidden: cells hidden already, which cost nothing more.
        cost: of hiding each cell; its people when left out, and 1 for a zero.
        width: left to the reader who knows the rule.
        presumed: width left to the reader who knows that no hidden cell is empty but those that
            are, where zeros may be hidden; 0 to do without.
        patience: rounds in which the cheapest pattern is looked for; past them a good one does.
        seed: of the objectives drawn; the answer is the same for the same seed.
        stop: asked between two steps; once it says yes, the pattern is finished quickly and is
            perhaps not the best. Without it the answer depends on nothing but the arguments.
        progress: told the round and how many cells are hidden.

    Returns:
        A pattern whose audit holds, or a refusal when what is shown already betrays a cell.
    """
    wrong = misread(linked, counts)
    if wrong is not None:
        return wrong
    if width < 1 or presumed < 0:
        return Refused.because(Code.UNSUITABLE, "Une case cachée garde une largeur d'au moins 1.")
    shown = linked.is_shown
    nothing = np.zeros(linked.size, dtype=bool)
    must_show = nothing if must_show is None else must_show
    rule = zeros_of(linked, zeros)
    if (primary & must_show & shown).any():
        return _betrayed(linked, np.flatnonzero(primary & must_show & shown))
    kept = nothing if already_hidden is None else already_hidden
    always = primary | kept | ~shown
    impossible = (counts == 0) & (rule == Zeros.SHOWN)
    task = Problem(
        linked.sums,
        linked.along,
        linked.kinds == Kind.JOINT,
        always,
        shown & ~always & ~must_show & ~impossible,
        np.maximum(counts, 1).astype(float) if cost is None else cost,
    )
    watched = (shown & ~kept) | primary
    feared = threats(linked, counts, rule, watched, width, presumed)
    search = _Search(linked, counts, task, feared, patience, seed, stop, progress)
    failed = search.run()
    if failed is not None:
        return failed
    hidden = search.master.hidden & shown
    others = hidden & ~(primary | kept)
    master, cost_of_others = search.master, float(task.cost[others].sum())
    assert search.audit is not None  # noqa: S101
    return Suppression(
        hidden,
        primary,
        others,
        int(counts[others].sum()),
        cost_of_others,
        master.optimal and cost_of_others <= master.bound * SAME,
        master.bound,
        search.rounds,
        search.audit,
    )


def _betrayed(linked: Linked, cells: Integers) -> Refused:
    named = ", ".join(linked.key(int(cell)) or "total" for cell in cells[:3])
    return Refused.because(Code.CANNOT_PROTECT, f"Par exemple : {named}.")


class _Search:
    def __init__(
        self,
        linked: Linked,
        counts: Integers,
        task: Problem,
        feared: list[Threat],
        patience: int,
        seed: int,
        stop: Callable[[], bool] | None,
        progress: Progress | None,
    ) -> None:
        self.linked, self.counts, self.task, self.threats = linked, counts, task, feared
        self.generator = np.random.default_rng(seed)
        self.seed = seed
        self.patience, self.stop = patience, stop or (lambda: False)
        self.progress = progress or (lambda rounds, hidden: None)
        self.master = Master.start(task)
        self.rounds = 0
        self._safe: dict[int, bytes] = {}
        self.audit: Audit | None = None
        # After an audit that failed, fractions are enough to go on; whole numbers come last.
        self._hasty = False

    def run(self) -> Refused | None:
        """Protect against every reader, from the one who reads least; nothing when it is done."""
        least, *others = readers(self.task)
        while self.rounds < ROUNDS_AT_MOST:
            failed = self._protect(least.parts, self.threats)
            if failed is not None:
                return failed
            judged = self._judged()
            if isinstance(judged, Refused):
                return judged
            threat, found = judged
            if found.holds and not self._hasty:
                return None
            self._hasty = not found.holds
            if not found.holds:
                failed = self._mend(others or [least], threat, found)
                if failed is not None:
                    return failed
        return Refused.because(Code.NOT_SOLVED)

    def _judged(self) -> tuple[Threat, Audit] | Refused:
        """The first threat that the pattern does not answer; or the first of all, answered."""
        answers = []
        for threat in self.threats:
            hidden = threat.hides(self.linked, self.master.hidden)
            found = audit(
                self.linked,
                knowledge(self.linked, self.counts, hidden, floor=threat.floor),
                counts=self.counts,
                watched=self.master.hidden & threat.watched,
                at_least=threat.width,
                whole=not self._hasty,
                seed=self.seed,
            )
            if isinstance(found, Refused):
                return found
            if not found.holds:
                return threat, found
            answers.append((threat, found))
        self.audit = answers[0][1]
        return answers[0]

    def _protect(
        self, every: list[Part], feared: list[Threat], only: Flags | None = None
    ) -> Refused | None:
        """Until no attacker of one part succeeds, at all or against some cells only."""
        while True:
            cuts: list[Cut] = []
            for part in every:
                pattern = self.master.hidden[part.cells].tobytes()
                if self._safe.get(id(part)) != pattern:
                    found = self._attack(part, feared, only)
                    cuts += found
                    if not found and feared is self.threats:
                        self._safe[id(part)] = pattern
            if not cuts:
                return None
            failed = self._add(cuts)
            if failed is not None:
                return failed

    def _attack(self, part: Part, feared: list[Threat], only: Flags | None) -> list[Cut]:
        """
        Inequalities that the pattern misses, then those that a hasty repair of it misses, and so
        on: the next choice knows many at once (as in implicit hitting sets; Davies and Bacchus,
        2011, *Solving MAXSAT by solving a sequence of simpler SAT instances*).
        """
        found: list[Cut] = []
        hidden = self.master.hidden.copy()
        while True:
            cuts: list[Cut] = []
            for threat in feared:
                attack = Attack(self.task, threat, part, hidden)
                if only is None:
                    attack.draw(self.generator)
                else:
                    attack.asked &= only[part.cells]
                cuts += attack.cuts()
            found += cuts
            met = sum(satisfy(self.task, hidden, cut) for cut in cuts)
            if not cuts or met < len(cuts):
                return found

    def _mend(self, others: list[Reader], threat: Threat, found: Audit) -> Refused | None:
        """Against readers who read more; then against whole numbers, of whom less is known."""
        rounds = self.rounds
        narrow = np.zeros(self.linked.size, dtype=bool)
        narrow[found.narrow] = True
        for reader in others:
            betrayed = [part for part in reader.parts if narrow[part.cells].any()]
            small = all(part.cells.size <= SMALL for part in betrayed)
            failed = self._protect(
                betrayed, self.threats if small else [threat], None if small else narrow
            )
            if failed is not None or self.rounds > rounds:
                return failed
        self.rounds += 1
        self.master.optimal = False
        self._safe.clear()
        threat.need[found.narrow] += 1
        if (threat.need[found.narrow] > TIMES_THE_WIDTH * threat.width).any():
            return None if self.master.hide_all() else _betrayed(self.linked, found.narrow)
        return None

    def _add(self, cuts: list[Cut]) -> Refused | None:
        self.rounds += 1
        late = self.rounds > self.patience or self.stop()
        self.master.gap = GAP if self.rounds > EXACT else 0.0
        unmet = self.master.add(cuts, keep=late)
        self.progress(self.rounds, int((self.master.hidden & self.linked.is_shown).sum()))
        return None if unmet is None else _betrayed(self.linked, np.array([unmet]))
