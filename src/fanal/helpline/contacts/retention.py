"""Six months after its end a contact goes and is counted; two years when something left from it."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.helpline.contacts.figures import keep_counts
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import SENT

_SENT = Exists(Transmission.objects.filter(contact=OuterRef("pk"), reading__in=SENT))


def ended(before: date) -> QuerySet[Contact]:
    """Closed before that day; a record that nobody closed is over since it was last written."""
    return Contact.objects.filter(
        Q(closed_at__date__lt=before) | Q(closed_at__isnull=True, updated_at__date__lt=before)
    )


def without_concern(before: date) -> QuerySet[Contact]:
    return ended(before).exclude(_SENT)


def with_concern(before: date) -> QuerySet[Contact]:
    return ended(before).filter(_SENT)


def _erase(contacts: QuerySet[Contact]) -> None:
    keep_counts(contacts)
    Transmission.objects.filter(contact__in=contacts).delete()
    contacts.delete()


declare_rows(
    Rows(
        RuleCode.ANONYMOUS_CONTACT,
        "contacts.contact",
        without_concern,
        _erase,
        "organisation__authority_id",
    )
)
declare_rows(
    Rows(
        RuleCode.CONTACT_WITH_CONCERN,
        "contacts.contact",
        with_concern,
        _erase,
        "organisation__authority_id",
    )
)
