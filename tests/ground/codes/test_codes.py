"""A code given, opened with, tried too often, given under duress."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fanal.ground.codes import use_cases
from fanal.ground.codes.hashing import digests_of
from fanal.ground.codes.models import ReturnCode, TagTry
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Answer, Kind
from fanal.ground.codes.use_cases import (
    Issued,
    Redeemed,
    close_code,
    issue_code,
    opened_by,
    redeem_code,
    sweep_codes,
)
from fanal.ground.codes.words import UnreadableCode, fold, listed
from fanal.ground.errors import NotVisible
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UNKNOWN = Redeemed(Answer.UNKNOWN)
CHAT = UUID("6f1c7c3e-0000-4000-8000-000000000001")


def issued(opens: UUID = CHAT, now: datetime = NOON) -> Issued:
    return issue_code(kind=Kind.CHAT, opens=opens, now=now)


def typed(words: tuple[str, ...], at: datetime = NOON + MINUTE) -> Redeemed:
    return redeem_code(typed=" ".join(words), now=at)


def wrong(code: Issued, rank: int = 0) -> tuple[str, ...]:
    """The same with another last word, which is not that of duress."""
    others = [word for word in listed() if word not in (*code.words, *code.duress)]
    return (*code.words[:-1], others[rank])


def strange() -> tuple[str, ...]:
    """A code that nobody was given."""
    return tuple(listed()[place] for place in (3, 5, 8, 13, 21))


def test_a_code_opens_its_conversation_and_shows_nothing_said_before() -> None:
    code = issued()
    at = NOON + 3 * DAY

    assert typed(code.words, at) == Redeemed(Answer.OPEN, Kind.CHAT, CHAT, since=at)


def test_it_opens_from_any_device_as_often_as_one_wants() -> None:
    code = issued()

    assert [typed(code.words, NOON + n * HOUR).answer for n in range(8)] == [Answer.OPEN] * 8


def test_it_opens_nothing_of_another_kind() -> None:
    code = " ".join(issued().words)

    assert opened_by(typed=code, kind=Kind.CHAT, now=NOON + MINUTE) == CHAT
    for kind in set(Kind) - {Kind.CHAT}:
        with pytest.raises(NotVisible):
            opened_by(typed=code, kind=kind, now=NOON + MINUTE)


def test_it_opens_however_it_is_typed() -> None:
    code = issued()

    found = redeem_code(typed="-".join(code.words).upper() + " !", now=NOON + MINUTE)

    assert found.opens == CHAT


@pytest.mark.parametrize("place", range(5))
def test_one_other_word_opens_nothing(place: int) -> None:
    code = issued()
    other = next(word for word in listed() if word not in (*code.words, *code.duress))

    assert typed((*code.words[:place], other, *code.words[place + 1 :])) == UNKNOWN


def test_a_word_of_no_code_is_told_and_counts_for_no_try() -> None:
    issued()

    with pytest.raises(UnreadableCode):
        redeem_code(typed="abeile citron farine zèbre zénith", now=NOON)
    assert len(past(TagTry)) == 0


def test_it_opens_for_thirty_days_and_no_more() -> None:
    code = issued()

    assert code.expires_at == NOON + 30 * DAY
    assert typed(code.words, NOON + 30 * DAY - MINUTE).answer is Answer.OPEN
    assert typed(code.words, NOON + 30 * DAY) == UNKNOWN


def test_it_may_be_given_for_less_and_never_for_more() -> None:
    short = issue_code(kind=Kind.CHAT, opens=CHAT, now=NOON, expires_at=NOON + DAY)
    long = issue_code(kind=Kind.CHAT, opens=uuid4(), now=NOON, expires_at=NOON + 90 * DAY)

    assert typed(short.words, NOON + DAY) == UNKNOWN
    assert long.expires_at == NOON + 30 * DAY
    with pytest.raises(IntegrityError), as_owner():
        ReturnCode.objects.update(expires_at=NOON + 31 * DAY)


def test_closed_or_given_anew_it_opens_nothing() -> None:
    first = issued()
    second = issued()

    assert typed(first.words) == UNKNOWN
    assert typed(second.words).answer is Answer.OPEN
    close_code(kind=Kind.CHAT, opens=CHAT)
    assert typed(second.words) == UNKNOWN
    assert len(past(ReturnCode)) == 0


def test_each_conversation_has_its_code() -> None:
    codes = {opens: issued(opens) for opens in (uuid4() for _ in range(5))}

    assert {opens: typed(code.words).opens for opens, code in codes.items()} == {
        opens: opens for opens in codes
    }


def test_two_codes_never_share_their_first_two_words() -> None:
    """The second draw gives the same words; it is drawn again."""
    words = iter([*listed()[:6], *listed()[:6], *listed()[6:12]])
    choose = lambda _: next(words)  # noqa: E731
    one = issue_code(kind=Kind.CHAT, opens=uuid4(), now=NOON, choose=choose)
    two = issue_code(kind=Kind.CHAT, opens=uuid4(), now=NOON, choose=choose)

    assert one.words == tuple(listed()[:5])
    assert two.words == tuple(listed()[6:11])


def test_words_whose_code_is_over_may_be_drawn_again_before_the_night_forgets_them() -> None:
    words = iter([*listed()[:6], *listed()[:6]])
    choose = lambda _: next(words)  # noqa: E731
    issue_code(kind=Kind.CHAT, opens=uuid4(), now=NOON, choose=choose)
    again = issue_code(kind=Kind.CHAT, opens=CHAT, now=NOON + 31 * DAY, choose=choose)

    assert again.words == tuple(listed()[:5])
    assert typed(again.words, NOON + 32 * DAY).opens == CHAT


# Under duress.


def test_under_duress_the_answer_is_that_of_a_code_that_never_was() -> None:
    code = issued()

    assert typed(code.duress) == typed(strange()) == UNKNOWN


def test_whoever_listens_is_told_and_the_right_code_still_opens() -> None:
    code = issued()
    assert forced_at(kind=Kind.CHAT, opens=CHAT) is None
    typed(code.duress, NOON + HOUR)

    assert forced_at(kind=Kind.CHAT, opens=CHAT) == NOON + HOUR
    found = typed(code.words, NOON + DAY)
    assert (found.answer, found.forced_at) == (Answer.OPEN, NOON + HOUR)


def test_a_new_code_remembers_that_the_former_was_forced() -> None:
    typed(issued().duress, NOON + HOUR)

    again = issued(now=NOON + DAY)

    assert forced_at(kind=Kind.CHAT, opens=CHAT) == NOON + HOUR
    assert typed(again.words, NOON + 2 * DAY).forced_at == NOON + HOUR


def test_a_mere_mistake_tells_nobody_of_duress() -> None:
    code = issued()
    typed(wrong(code))

    assert typed(code.words).forced_at is None


# Tries.


def test_after_five_wrong_tries_the_right_one_waits_an_hour() -> None:
    code = issued()
    for rank in range(5):
        assert typed(wrong(code, rank)) == UNKNOWN

    assert typed(code.words) == UNKNOWN
    assert typed(code.words, NOON + MINUTE + HOUR).answer is Answer.OPEN


def test_a_right_try_takes_no_place() -> None:
    code = issued()
    for _ in range(70):
        assert typed(code.words).answer is Answer.OPEN


def test_twenty_wrong_tries_close_a_code_for_good() -> None:
    code = issued()
    for rank in range(20):
        assert typed(wrong(code, rank), NOON + rank * DAY) == UNKNOWN

    assert typed(code.words, NOON + 25 * DAY) == UNKNOWN


def test_a_right_one_in_between_forgives_the_mistakes() -> None:
    code = issued()
    for rank in range(25):
        assert typed(wrong(code, rank), NOON + rank * DAY) == UNKNOWN
        assert typed(code.words, NOON + rank * DAY + HOUR).answer is Answer.OPEN


def test_a_new_code_is_not_closed_by_tries_of_before() -> None:
    """Whoever tried these words before anybody had them harms nobody."""
    code = strange()
    for rank in range(5):
        typed((*code[:4], listed()[100 + rank]))
    words = iter([*code, listed()[50]])

    issue_code(kind=Kind.CHAT, opens=CHAT, now=NOON + 2 * MINUTE, choose=lambda _: next(words))

    assert typed(code, NOON + 3 * MINUTE).answer is Answer.OPEN


def test_sixty_tries_at_once_make_everybody_wait_a_moment_whatever_they_type() -> None:
    code = issued()
    others = listed()
    for rank in range(60):
        assert typed((others[rank], others[rank + 1], *others[rank + 2 : rank + 5])) == UNKNOWN

    assert typed(code.words) == Redeemed(Answer.BUSY)
    assert typed(strange()) == Redeemed(Answer.BUSY)
    assert typed(code.words, NOON + MINUTE + timedelta(seconds=1)).answer is Answer.OPEN


def test_a_flood_is_refused_before_the_slow_digest_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with as_owner():
        TagTry.objects.create(tag="", level=60, at=NOON + MINUTE, wrong=0)

    def made(words: tuple[str, ...]) -> None:
        raise AssertionError("the slow digest was made")

    monkeypatch.setattr(use_cases, "digests_under_each_key", made)
    assert typed(strange()) == Redeemed(Answer.BUSY)


def test_those_who_were_let_in_at_the_same_instant_are_counted_too() -> None:
    """Sixty have passed since this one was let in: the right code waits as any other."""
    code = issued()
    others = listed()
    for rank in range(60):
        typed((others[rank], others[rank + 1], *others[rank + 2 : rank + 5]))
    digests = digests_of(tuple(map(fold, code.words)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, opens FROM codes_open(%s, %s, %s)",
            [digests.tag, digests.secret, NOON + MINUTE],
        )

        assert cursor.fetchone() == ("busy", None)


def test_a_clock_that_was_set_back_neither_fills_nor_empties() -> None:
    code = issued()
    for rank in range(4):
        typed(wrong(code, rank), NOON + 2 * HOUR)

    assert typed(wrong(code, 4), NOON + MINUTE) == UNKNOWN
    assert typed(code.words, NOON + 2 * MINUTE) == UNKNOWN
    assert typed(code.words, NOON + 3 * HOUR).answer is Answer.OPEN


# What tells nothing.


# Values, and the names that Django gives to savepoints.
VALUES = re.compile(r"'[^']*'(::\w+)?|\bs\d+_x\d+\b|\b\d+\b")


def statements(words: tuple[str, ...], at: datetime) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        typed(words, at)
    return [VALUES.sub("?", one["sql"]) for one in captured]


def test_whatever_is_wrong_the_database_is_asked_the_same() -> None:
    code, over, tried = issued(), issued(uuid4()), issued(uuid4())
    close_code(kind=Kind.CHAT, opens=UUID(int=0))
    for rank in range(6):
        typed(wrong(tried, rank))
    asked = {
        "strange": statements(strange(), NOON + MINUTE),
        "wrong": statements(wrong(code), NOON + MINUTE),
        "forced": statements(code.duress, NOON + MINUTE),
        "right": statements(code.words, NOON + MINUTE),
        "tried": statements(tried.words, NOON + MINUTE),
        "over": statements(over.words, NOON + 31 * DAY),
    }

    assert all(one == asked["strange"] for one in asked.values()), asked
    assert sum("codes_open" in one for one in asked["strange"]) == 1


def test_the_slow_digest_is_made_once_whatever_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    from fanal.ground.codes import hashing

    made = []
    real = hashing.Argon2id

    def counted(**given: object) -> object:
        made.append(given)
        return real(**given)  # type: ignore[arg-type]

    code = issued()
    monkeypatch.setattr(hashing, "Argon2id", counted)
    for words in (strange(), wrong(code), code.duress, code.words):
        made.clear()
        typed(words)
        assert len(made) == 1


def test_no_word_and_no_address_is_kept() -> None:
    code = issued()
    typed(wrong(code))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT r::text FROM codes_returncode r UNION SELECT t::text FROM codes_tagtry t"
        )
        kept = " ".join(row for (row,) in cursor.fetchall())

    assert len(kept) > 300
    assert not [word for word in (*code.words, *code.duress) if fold(word) in kept.lower()]


@pytest.mark.parametrize("table", ["codes_returncode", "codes_tagtry"])
def test_the_application_lists_changes_and_removes_nothing(table: str) -> None:
    code = issued()
    typed(wrong(code))
    with connection.cursor() as cursor:
        for question in (f"SELECT * FROM {table}", f"DELETE FROM {table} RETURNING tag"):  # noqa: S608
            cursor.execute(question)
            assert cursor.fetchall() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        TagTry.objects.create(tag="x", level=0, at=NOON, wrong=0)

    assert len(past(ReturnCode)) == 1


def test_the_night_forgets_what_is_over() -> None:
    old, new = issued(now=NOON - 40 * DAY), issued(uuid4())
    typed(strange(), NOON - 3 * DAY)
    typed(wrong(new), NOON + MINUTE)

    assert sweep_codes(now=NOON + 4 * DAY) == 1
    assert typed(old.words) == UNKNOWN
    assert [one.wrong for one in past(TagTry) if one.tag and one.at < NOON + MINUTE] == []
    assert typed(new.words, NOON + 4 * DAY).answer is Answer.OPEN
