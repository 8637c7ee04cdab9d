"""How many: contacts, children and sibling groups by month, and what came back from each CRIP."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import CharField, Count, F, Func, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from fanal.detect.concerns.terms import SubmissionStatus
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Organisation
from fanal.ground.retention.terms import THRESHOLD
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.helpline.contacts.models import Contact, MonthlyCount, Transmission
from fanal.helpline.contacts.terms import SENT, Axis
from fanal.helpline.contacts.words import in_chi


@dataclass(slots=True)
class Tally:
    """The same contacts counted three ways."""

    contacts: int = 0
    children: int = 0
    groups: int = 0

    def add(self, contacts: int, children: int, groups: int) -> None:
        self.contacts += contacts
        self.children += children
        self.groups += groups


Key = tuple[date, str, str]
Tallies = dict[Key, Tally]


def tallies_of(contacts: QuerySet[Contact]) -> Tallies:
    """
    Counts of records, by month, one thing at a time; sealed content is not opened.

    A contact that ticks two words counts once under each: words do not add up.
    """
    found: Tallies = {}
    for axis, value in (
        (Axis.CHANNEL, F("channel")),
        (Axis.KIND, F("kind")),
        (Axis.WORD, Func("words", function="unnest", output_field=CharField())),
    ):
        rows = (
            contacts.order_by()
            .annotate(month=TruncMonth("opened_at", tzinfo=PARIS), value=value)
            .values_list("month", "value")
            .annotate(contacts=Count("pk"), of=Sum("children"), homes=Sum("groups"))
        )
        for month, said, *three in rows:
            found[_day(month), axis, said] = Tally(*three)
    for month, authority, sent, answered in _sent(contacts):
        found[_day(month), Axis.AUTHORITY, authority] = Tally(sent)
        if answered:
            found[_day(month), Axis.ANSWERED, authority] = Tally(answered)
    return found


def _sent(contacts: QuerySet[Contact]) -> QuerySet[Transmission, tuple[datetime, str, int, int]]:
    """What left, by the month of its contact and by authority; and what was answered of it."""
    return (
        Transmission.objects.filter(contact__in=contacts.order_by(), reading__in=SENT)
        .order_by()
        .annotate(month=TruncMonth("contact__opened_at", tzinfo=PARIS))
        .values_list("month", "authority")
        .annotate(sent=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    )


def _day(month: datetime) -> date:
    return month.astimezone(PARIS).date()


def keep_counts(contacts: QuerySet[Contact]) -> None:
    """Write what is to be left of these contacts, before they go, in the same transaction."""
    by_helpline = contacts.order_by("organisation").values_list("organisation", flat=True)
    for helpline in list(by_helpline.distinct()):
        counted = tallies_of(contacts.filter(organisation=helpline))
        for (month, axis, value), tally in sorted(counted.items()):
            kept, _ = MonthlyCount.objects.get_or_create(
                organisation_id=helpline, month=month, axis=axis, value=value
            )
            MonthlyCount.objects.filter(pk=kept.pk).update(
                contacts=F("contacts") + tally.contacts,
                children=F("children") + tally.children,
                groups=F("groups") + tally.groups,
            )


def monthly(helpline: Organisation) -> Tallies:
    """All that was counted: records that are kept, and counts of those that have gone."""
    living = Contact.objects.filter(organisation=helpline)
    found: Tallies = defaultdict(Tally, tallies_of(living))
    for one in MonthlyCount.objects.filter(organisation=helpline):
        found[one.month, one.axis, one.value].add(one.contacts, one.children, one.groups)
    return dict(found)


@dataclass(frozen=True, slots=True)
class MonthRow:
    month: date
    value: str
    tally: Tally


def by_month(tallies: Tallies, axis: Axis) -> list[MonthRow]:
    """The newest month first, then in the order of the values."""
    rows = [
        MonthRow(month, value, tally)
        for (month, one, value), tally in tallies.items()
        if one == axis
    ]
    return sorted(rows, key=lambda row: (-row.month.toordinal(), row.value))


def totals(rows: Iterable[MonthRow]) -> Tally:
    total = Tally()
    for row in rows:
        total.add(row.tally.contacts, row.tally.children, row.tally.groups)
    return total


def chi_counts(tallies: Tallies) -> list[tuple[str, str, int]]:
    """Contacts by word of Child Helpline International: code, label, how many times."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in by_month(tallies, Axis.WORD):
        for code, label in in_chi([row.value]):
            counted[code, label] += row.tally.contacts
    return [(code, label, number) for (code, label), number in sorted(counted.items())]


@dataclass(frozen=True, slots=True)
class Return:
    """What one authority answered, among what it was sent."""

    authority: ChildWelfareAuthority
    sent: int
    answered: int
    in_progress: int
    oldest: datetime | None = field(default=None)

    @property
    def waiting(self) -> int:
        return self.sent - self.answered

    @property
    def share(self) -> int:
        """Answers in a hundred, rounded down: not everything is everything."""
        return 100 * self.answered // self.sent if self.sent else 0

    @property
    def publishable(self) -> bool:
        """No small count is published (domain, publication of counts), nor what tells one."""
        return not any(0 < one < THRESHOLD for one in (self.sent, self.answered, self.waiting))


def returns(helpline: Organisation) -> list[Return]:
    """By authority, those that were sent the most first. For the helpline's own desk."""
    waits = ~_ANSWERED
    rows = (
        Transmission.objects.filter(contact__organisation=helpline, reading__in=SENT)
        .order_by()
        .values("authority")
        .annotate(
            sent=Count("pk"),
            answered=Count("pk", filter=_ANSWERED),
            in_progress=Count(
                "pk", filter=waits & Q(submission__status=SubmissionStatus.IN_PROGRESS)
            ),
        )
    )
    oldest = _oldest(helpline)
    known = ChildWelfareAuthority.objects.in_bulk([row["authority"] for row in rows])
    found = [
        Return(
            known[row["authority"]],
            row["sent"],
            row["answered"],
            row["in_progress"],
            oldest.get(row["authority"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.sent, one.authority.name))


_ANSWERED = Q(answered_at__isnull=False) | Q(submission__status=SubmissionStatus.OUTCOME_GIVEN)


def _oldest(helpline: Organisation) -> dict[str, datetime]:
    """Since when each authority has kept an answer waited for."""
    found: dict[str, datetime] = {}
    rows = Transmission.objects.filter(contact__organisation=helpline, reading__in=SENT)
    waiting = rows.exclude(_ANSWERED).order_by("sent_at")
    for authority, sent_at in waiting.values_list("authority", "sent_at"):
        if sent_at is not None:
            found.setdefault(authority, sent_at)
    return found


def published(rows: Iterable[Return]) -> Iterator[tuple[str, str, str]]:
    """What may be shown outside: name, « n sur N », in a hundred; no small count, no total."""
    for one in rows:
        if one.publishable:
            yield one.authority.name, f"{one.answered} sur {one.sent}", f"{one.share} %"
        else:
            yield one.authority.name, "moins de 11", ""
