"""Whatever the table: an estimate with finite limits around it, or a refusal; never a traceback."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.engines.population.answers import Answer
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.methods import METHODS, Settings, ask
from fanal.engines.population.tables import CaptureTable

SLOW = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def tables(draw: st.DrawFn) -> CaptureTable:
    """Of two to four lists, most cells empty or nearly so, some impossible."""
    t = draw(st.integers(2, 4))
    cell = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 3000))
    counts = draw(st.lists(cell, min_size=(1 << t) - 1, max_size=(1 << t) - 1))
    impossible = draw(st.one_of(st.just(frozenset()), st.frozensets(st.integers(1, (1 << t) - 1))))
    seen = [0 if cell in impossible else count for cell, count in enumerate([0, *counts])]
    return CaptureTable(tuple("ABCD"[:t]), tuple(seen), impossible=impossible)


def sound(answer: Answer, table: CaptureTable) -> None:
    json.dumps(answer.as_json(), allow_nan=False)
    if answer.refused is not None:
        assert answer.refused.message
        return
    assert answer.estimate is not None
    assert answer.estimate < 1e12
    if answer.lower is not None and answer.upper is not None:
        assert answer.lower <= answer.estimate <= answer.upper or answer.method in {
            "stepwise",
            "bic",
            "aic",
        }


@SLOW
@given(table=tables())
def test_every_method_answers_or_refuses(table: CaptureTable) -> None:
    names = [name for name in METHODS if name != "latent"]
    for answer in ask(table, names, Settings(replicates=30)):
        sound(answer, table)


@settings(SLOW, max_examples=15)
@given(table=tables())
def test_the_latent_classes_too(table: CaptureTable) -> None:
    sound(latent(table, kept=60), table)


@settings(SLOW, max_examples=30)
@given(table=tables(), missed=st.floats(0, 0.4), false=st.floats(0, 0.09))
def test_corrected_links_too(table: CaptureTable, missed: float, false: float) -> None:
    rates = Settings(replicates=20, missed_links=missed, false_links=false)
    for answer in ask(table, ["stepwise", "chao", "dga"], rates):
        sound(answer, table)
