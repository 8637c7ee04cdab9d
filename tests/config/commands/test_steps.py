"""Steps are shown with their durations, on the error output alone."""

import contextlib
import re

import pytest

from fanal.config.commands.steps import shown_steps


def test_each_step_ends_with_its_duration(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_steps() as steps:
        steps("Premier")
        steps("Second")

    output = capsys.readouterr()
    assert re.fullmatch(r"Premier … \d+,\d s\nSecond … \d+,\d s\n", output.err)
    assert output.out == ""


def test_a_step_that_failed_claims_no_duration(capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(KeyError), shown_steps() as steps:
        steps("Premier")
        raise KeyError

    assert capsys.readouterr().err == "Premier …\n"


def test_a_long_step_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_steps() as steps:
        steps("Import")
        for line in range(1, 1001):
            steps.count(line)

    assert capsys.readouterr().err.startswith("Import … 500 1000 ")
