import logging
import sys

from fanal.config.logs import Discreet


def written(message: str, *args: object) -> str:
    try:
        raise ValueError("DETAIL: Léa Inventée")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, message, args, sys.exc_info())
    return Discreet("%(levelname)s %(message)s").format(record)


def test_a_failure_is_written_with_its_place_and_without_its_words() -> None:
    line = written("Internal Server Error: /informations/%s/", "d9c6cd73")

    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "Léa" not in line
    assert "d9c6cd73" not in line


def test_what_is_no_failure_is_written_as_it_is() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "prêt", (), None)

    assert Discreet("%(message)s").format(record) == "prêt"
