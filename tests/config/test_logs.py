"""No value that somebody typed reaches a log, a report of error or a letter to administrators."""

from __future__ import annotations

import io
import logging
import sys
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st

from fanal.config.logs import Discreet, DiscreetReport, Plain, discreet
from fanal.detect.concerns.models import Concern, Informant
from fanal.ground.people.models import Minor
from fanal.ground.privacy.registry import our_models, tag_of
from fanal.ground.privacy.terms import Tag

SECRET = "Zoé-Telltale-Inventée"


def written(message: Any, *args: Any, name: str = "fanal.room", failing: bool = False) -> str:
    failure = None
    if failing:
        try:
            raise ValueError(f"DETAIL: {SECRET}")
        except ValueError:
            failure = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, "f.py", 1, message, args, failure)
    return Discreet("%(levelname)s %(message)s").format(record)


def test_a_failure_is_written_with_its_place_and_without_its_words() -> None:
    line = written("Internal Server Error: /informations/%s/", "d9c6cd73", failing=True)

    assert "ValueError" in line
    assert "test_logs.py" in line
    assert SECRET not in line
    assert "d9c6cd73" not in line


def test_what_is_no_failure_keeps_its_sentence_its_numbers_and_its_kinds() -> None:
    assert written("prêt") == "ERROR prêt"
    assert written("alarme %s de %s", 12, Minor(given_names=SECRET)) == "ERROR alarme 12 de ‹Minor›"
    assert written("%d lignes", "trois") == "ERROR %d lignes"
    assert written("au port %s", Plain("8000")) == "ERROR au port 8000"


def test_no_argument_of_a_log_tells_a_value() -> None:
    told = Minor(given_names=SECRET, birth_date=date(2011, 5, 20), ref=uuid4())
    values = (
        *(SECRET, SECRET.encode(), [SECRET], {"name": SECRET}, (SECRET,), ValueError(SECRET)),
        *(told, told.birth_date, told.ref, Informant(name=SECRET), Concern(facts=SECRET)),
    )
    for value in values:
        line = written("voici %s", value)
        assert SECRET not in line
        assert "2011" not in line
        assert str(told.ref) not in line
    assert SECRET not in written("voici %(name)s", {"name": SECRET})
    assert SECRET not in written(ValueError(SECRET))
    assert SECRET not in written(f"Job concern({SECRET})", name="procrastinate.worker")


@given(value=st.text(min_size=4) | st.dates() | st.uuids() | st.binary(min_size=4))
def test_whatever_a_tagged_field_holds_only_its_kind_is_said(value: object) -> None:
    assert discreet(value) == f"‹{type(value).__name__}›"


def test_every_field_of_text_of_every_model_is_silent_in_a_log() -> None:
    """Driven by the registry: a row that holds the word in each field that is not plain."""
    tried = 0
    for model in our_models():
        held = {
            field.attname: SECRET
            for field in model._meta.local_concrete_fields
            if tag_of(model, field.name) is not Tag.PLAIN and not field.is_relation
        }
        row = model()
        row.__dict__.update(held)
        line = written("%s %r", row, row) + written("%s", row.__dict__)
        line += "".join(written("%s", row.__dict__[name]) for name in held)
        assert SECRET not in line, model
        tried += len(held)
    assert tried > 60


def reported(kind: str) -> str:
    reporter: type[DiscreetReport] = import_string(settings.DEFAULT_EXCEPTION_REPORTER)
    request = RequestFactory().post("/", {"facts": SECRET}, headers={"X-Name": SECRET})
    request.COOKIES["name"] = SECRET
    minor = Minor(given_names=SECRET)
    facts = f"{SECRET} n'est pas rentrée"
    try:
        try:
            raise KeyError(facts)
        except KeyError as inner:
            inner.add_note(SECRET)
            raise ValueError(minor.full_name) from inner
    except ValueError:
        report = reporter(request, *sys.exc_info(), is_email=kind == "text")
    return report.get_traceback_html() if kind == "html" else report.get_traceback_text()


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_report_of_error_holds_no_local_no_request_and_no_message(kind: str) -> None:
    report = reported(kind)

    assert "ValueError" in report
    assert "test_logs.py" in report
    # The lines of the program around the place are shown: what they hold is written here.
    assert report.replace("SECRET", "").count("Telltale") == 0


def test_every_logger_passes_by_the_discreet_formatter() -> None:
    """A library that logs a warning of its own reaches the root, which is discreet too."""
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(import_string("fanal.config.logs.Discreet")())
    stranger = logging.getLogger("some.library")
    stranger.addHandler(handler)
    try:
        stranger.warning("sent to %s", SECRET)
    finally:
        stranger.removeHandler(handler)
    assert SECRET not in stream.getvalue()
    assert all(
        handler["formatter"] == "discreet" for handler in settings.LOGGING["handlers"].values()
    )
    assert apps.ready
