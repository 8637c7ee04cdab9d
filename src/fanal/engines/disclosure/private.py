"""
Counts with differential privacy: nobody can tell whether one person was counted.

Noise is OpenDP's discrete Laplace, sampled exactly on integers; no other generator of noise is
ever used (floating-point noise leaks: Mironov 2012, CCS). One person is in one cell of a table at
most, so that a table costs its epsilon once; margins are sums of noisy cells and cost nothing.

Sources: Dwork, McSherry, Nissim and Smith (2006, TCC); Ghosh, Roughgarden and Sundararajan (2009,
STOC) for the discrete Laplace; Canonne, Kamath and Steinke (2020, NeurIPS) for its exact sampling.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Wholes = npt.NDArray[np.int64]
NORMAL_95 = 1.96


class Mechanism:
    """
    Adds noise to the cells of one table; built once, used for any number of cells.

    Args:
        epsilon: what the table costs, greater than 0.

    Raises:
        ValueError: epsilon is not a positive number.
    """

    def __init__(self, epsilon: float) -> None:
        if not (math.isfinite(epsilon) and epsilon > 0):
            raise ValueError("epsilon must be a positive number")
        self.epsilon = epsilon
        self.scale = 1 / epsilon
        self._noise = _laplace(self.scale)
        # OpenDP's own proof of what one person more or less can change.
        if self._noise.map(1) > epsilon * (1 + 1e-9):
            raise ValueError("the noise does not keep to epsilon")

    def __call__(self, counts: Wholes) -> Wholes:
        """
        Args:
            counts: int, any shape; people in disjoint cells.

        Returns:
            int, the same shape; may be negative.
        """
        noisy = self._noise(counts.ravel().tolist())
        return np.array(noisy, dtype=np.int64).reshape(counts.shape)

    def error_at(self, level: float = 0.95) -> int:
        """The error that a cell passes with probability ``1 - level`` at most, in people."""
        # P(|noise| > t) = 2 a^(t+1) / (1 + a), with a = exp(-epsilon).
        a = math.exp(-self.epsilon)
        return max(0, math.ceil(math.log((1 - level) * (1 + a) / 2) / math.log(a)) - 1)

    def error_of_sums(self, cells: Wholes) -> Wholes:
        """
        About the same at 95 % for a sum of noisy cells.

        Args:
            cells: int, how many noisy cells each sum adds up.
        """
        a = math.exp(-self.epsilon)
        spread = math.sqrt(2 * a) / (1 - a)
        sums = np.ceil(NORMAL_95 * spread * np.sqrt(cells)).astype(np.int64)
        return np.asarray(np.where(cells == 1, self.error_at(), sums), dtype=np.int64)


def _laplace(scale: float) -> Any:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    domain = dp.vector_domain(dp.atom_domain(T=int))
    return dp.m.make_laplace(domain, dp.l1_distance(T=int), scale)


def meaning(epsilon: float) -> str:
    """What epsilon promises, in French."""
    factor = f"{math.exp(epsilon):.3g}".replace(".", ",")
    written = f"{epsilon:g}".replace(".", ",")
    return (
        f"ε = {written} : qu'un enfant soit compté ou non, la probabilité de n'importe quel "
        f"résultat publié change au plus d'un facteur {factor}. Plus ε est petit, moins on apprend "
        "sur lui."
    )
