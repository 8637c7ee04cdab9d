"""
Tries are counted per account and per address, under a hash whose key changes each day.

A bucket holds so many failed tries and empties with time. A try takes its place before the
password is looked at, and gives it back when it was right: a school whose two hundred agents
sign in behind one address fills nothing, a flood of wrong passwords soon does. Nothing here
tells an account or an address: the key is an HMAC, and yesterday's cannot be made again
without the secret.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from fanal.ground.agents.models import TryCounter
from fanal.ground.errors import Refusal

PARIS = ZoneInfo("Europe/Paris")
KNOWN_COOKIE = "fanal_appareil"
KNOWN_FOR = timedelta(days=90)
KNOWN_ACCOUNTS = 5
KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Bucket:
    """``capacity`` failures at once, then one for each ``refill``."""

    name: str
    capacity: int
    refill: timedelta


ACCOUNT = Bucket("account", 5, timedelta(minutes=3))
# A computer on which this account has already entered has a bucket of its own: who floods an
# account, or an address, does not shut its people out.
KNOWN = Bucket("known", 10, timedelta(minutes=1))
ADDRESS = Bucket("address", 100, timedelta(seconds=3))
CODE = Bucket("code", 5, timedelta(minutes=3))


class TriedTooMuch(Refusal):
    """So many tries failed that the next one must wait."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        # The next whole minute: a promise that is kept.
        said = localtime(until + timedelta(seconds=59))
        super().__init__(
            f"Trop d’essais. Réessayez à {said:%H} h {said:%M}, avec le bon mot de passe : "
            "il sera accepté."
        )


TAKE = """
INSERT INTO agents_trycounter AS kept (key, level, at) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    level = GREATEST(0, kept.level - EXTRACT(EPOCH FROM %(now)s - kept.at) / %(refill)s) + 1,
    at = %(now)s
WHERE GREATEST(0, kept.level - EXTRACT(EPOCH FROM %(now)s - kept.at) / %(refill)s) + 1
    <= %(capacity)s
RETURNING 1
"""
GIVE_BACK = "UPDATE agents_trycounter SET level = GREATEST(0, level - 1) WHERE key = %s"


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken in a bucket; given back when the try was right."""

    key: str

    def give_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [self.key])


def take(bucket: Bucket, what: str, *, now: datetime) -> Place:
    """
    Take a place in a bucket.

    Raises:
        TriedTooMuch: it is full, until the moment that the refusal says.
    """
    key = day_key(bucket.name, what, now=now)
    refill = bucket.refill.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE, {"key": key, "now": now, "refill": refill, "capacity": bucket.capacity}
        )
        if cursor.fetchone():
            return Place(key)
    kept = TryCounter.objects.filter(key=key).first()
    over = kept.level + 1 - bucket.capacity if kept else 1
    raise TriedTooMuch((kept.at if kept else now) + over * bucket.refill)


def day_key(kind: str, what: str, *, now: datetime) -> str:
    """A hash that tells nothing, whose key is of the day."""
    day = now.astimezone(PARIS).date().isoformat()
    secret = hmac.digest(settings.SECRET_KEY.encode(), f"tries {day}".encode(), "sha256")
    return hmac.digest(secret, f"{kind} {what}".encode(), "sha256").hex()


def take_for_sign_in(request: HttpRequest, *, account: str, now: datetime) -> list[Place]:
    """
    Places for one try: a computer that the account knows has its own.

    Raises:
        TriedTooMuch: for this account, or from this address.
    """
    if nonce := _known(request).get(_account_mark(account)):
        return [take(KNOWN, nonce, now=now)]
    first = take(ACCOUNT, account.lower(), now=now)
    try:
        return [first, take(ADDRESS, address_of(request), now=now)]
    except TriedTooMuch:
        first.give_back()
        raise


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, past the proxies that we declare and no other."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.FANAL_PROXIES
    if trusted and len(forwarded) >= trusted and forwarded[-trusted].strip():
        return forwarded[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def remember_device(request: HttpRequest, response: HttpResponse, *, account: str) -> None:
    """This browser has entered here: next time it has a bucket of its own."""
    kept = _known(request)
    kept.pop(_account_mark(account), None)
    recent = dict(list(kept.items())[-(KNOWN_ACCOUNTS - 1) :])
    recent[_account_mark(account)] = secrets.token_urlsafe(16)
    response.set_cookie(
        KNOWN_COOKIE,
        signing.dumps(recent, salt=KNOWN_COOKIE),
        max_age=KNOWN_FOR,
        path="/connexion/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        kept: dict[str, str] = signing.loads(
            request.COOKIES.get(KNOWN_COOKIE, ""), salt=KNOWN_COOKIE, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return {}
    return kept


def _account_mark(account: str) -> str:
    secret = hmac.digest(settings.SECRET_KEY.encode(), b"known accounts", sha256)
    return hmac.digest(secret, account.lower().encode(), "sha256").hex()[:24]


def forget_old_counters(*, now: datetime) -> int:
    return TryCounter.objects.filter(at__lt=now - KEPT).delete()[0]
