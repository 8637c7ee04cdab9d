"""Records drawn at random, within what the directory lets in. All of them are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from fanal.prevent.spaces.formats.record import Record
from fanal.prevent.spaces.terms import CONFIRMABLE, Audience, Kind, Status

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
MAYBE = st.none() | st.booleans()
AGE = st.none() | st.integers(0, 99)
# Both coordinates, or none.
POINTS = st.just((None, None)) | st.tuples(st.floats(-60, 60), st.floats(-60, 60))
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=3, max_size=150)
WEBSITES = st.sampled_from(
    [
        "",
        "https://lieu.invalid",
        "http://lieu.invalid/accueil?a=1&b=%C3%A9#la",
        "https://a-b.invalid/",
    ]
)
PLAIN = st.builds(
    Record,
    ref=st.uuids(),
    name=NAMES,
    kind=st.sampled_from([str(one) for one in Kind]),
    status=st.sampled_from([str(one) for one in Status]),
    audiences=st.lists(
        st.sampled_from([str(one) for one in Audience]), min_size=1, unique=True
    ).map(tuple),
    commune=st.sampled_from(["", "59350", "2A004"]),
    departement=st.sampled_from(["", "59", "2A", "974"]),
    postcode=st.sampled_from(["", "59000"]),
    address=TEXT,
    description=TEXT,
    minimum_age=AGE,
    maximum_age=AGE,
    hours=TEXT,
    phone=TEXT,
    website=WEBSITES,
    languages=st.lists(st.sampled_from(["fr", "en", "ar", "ro"]), unique=True).map(tuple),
    sign_language=MAYBE,
    accessible=MAYBE,
    free=MAYBE,
    anonymous=MAYBE,
    source_url=TEXT,
    source_date=TEXT,
    verified=st.dictionaries(st.sampled_from(CONFIRMABLE), DAYS.map(str), max_size=4),
    verified_on=st.none() | DAYS,
    kept=st.just({}),
)
RECORDS = st.builds(
    lambda record, point: replace(record, latitude=point[0], longitude=point[1]), PLAIN, POINTS
)
