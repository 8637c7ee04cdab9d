"""
Whether chains may be believed.

Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021, *Rank-normalization, folding, and
localization: an improved R-hat*, Bayesian Analysis 16, 667-718): split chains, ranks in the place
of values, so that one number serves whatever the tails.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MIXED_UNDER = 1.01
DRAWS_ENOUGH = 400.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``rhat`` near 1 when the chains agree; ``ess``, how many free draws they are worth."""

    rhat: float
    ess: float
    medians: tuple[float, ...]
    spread: float

    @property
    def stuck(self) -> bool:
        return not (self.spread > 0 and self.rhat <= MIXED_UNDER and self.ess >= DRAWS_ENOUGH)


def diagnose(chains: Floats) -> Diagnosis:
    """
    Args:
        chains: ``(chains, draws)``.
    """
    spread = float(np.ptp(chains))
    medians = tuple(float(value) for value in np.median(chains, axis=1))
    if not spread > 0:
        return Diagnosis(np.inf, 0.0, medians, 0.0)
    folded = np.abs(chains - np.median(chains))
    rhat = max(_rhat(_split(_normal_ranks(chains))), _rhat(_split(_normal_ranks(folded))))
    low, high = np.quantile(chains, (0.05, 0.95))
    ess = min(
        _ess(_split(_normal_ranks(chains))),
        _ess(_split((chains <= low).astype(float))),
        _ess(_split((chains >= high).astype(float))),
    )
    return Diagnosis(rhat, ess, medians, spread)


def quantile_errors(chains: Floats, levels: tuple[float, ...]) -> list[float]:
    """Standard errors of the quantiles of these draws, out of what they are worth free."""
    errors = []
    for level in levels:
        value = np.quantile(chains, level)
        worth = max(_ess(_split((chains <= value).astype(float))), 1.0)
        away = float(np.sqrt(level * (1 - level) / worth))
        near = np.quantile(chains, [max(level - away, 0.0), min(level + away, 1.0)])
        errors.append(float(near[1] - near[0]) / 2)
    return errors


def _split(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _normal_ranks(chains: Floats) -> Floats:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(chains, method="average").reshape(chains.shape)
    scores: Floats = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return scores


def _rhat(chains: Floats) -> float:
    draws = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = draws * float(chains.mean(axis=1).var(ddof=1))
    if not within > 0:
        return 1.0 if not between > 0 else float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within / draws))


def _ess(chains: Floats) -> float:
    """Geyer's initial monotone sequence over all chains (1992, Statistical Science 7)."""
    number, draws = chains.shape
    centred = chains - chains.mean(axis=1, keepdims=True)
    size = 1 << (2 * draws - 1).bit_length()
    spectrum = np.fft.rfft(centred, size, axis=1)
    products = np.fft.irfft(spectrum * np.conj(spectrum), size, axis=1)[:, :draws]
    covariance = products.mean(axis=0) / draws
    within = float(covariance[0]) * draws / (draws - 1)
    total = within * (draws - 1) / draws + float(chains.mean(axis=1).var(ddof=1))
    if not total > 0:
        return float(number * draws)
    correlation = 1 - (within - covariance * draws / (draws - 1)) / total
    correlation[0] = 1.0
    pairs = correlation[: draws // 2 * 2].reshape(-1, 2).sum(axis=1)
    first_negative = int(np.argmax(pairs < 0)) if (pairs < 0).any() else pairs.size
    falling = np.minimum.accumulate(pairs[:first_negative])
    longer = max(-1 + 2 * float(falling.sum()), 1 / np.log10(number * draws))
    return float(number * draws / longer)
