"""What this room does with what it announced, once it cannot be taken back."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.prevent.referrals.events import ReferralFailed
from fanal.prevent.referrals.queries import failed
from fanal.prevent.spaces.freshness.doubting import doubt
from fanal.prevent.spaces.freshness.terms import DoubtSource


@app.task(name=ReferralFailed.task)
def doubt_the_place(booking_ref: str) -> None:
    """What the directory says of a place that could not receive is to be looked at by a person."""
    place = failed(ReferralFailed.heard(booking_ref).booking_ref)
    if place is not None:
        doubt(service=place, source=DoubtSource.REFERRAL, key=booking_ref, now=now())
