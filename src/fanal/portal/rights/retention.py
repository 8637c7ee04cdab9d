"""An open request keeps its file; answered long ago, it keeps no name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import QuerySet

from fanal.ground.access.models import CaseFile
from fanal.ground.retention.declarations import Ended, Living, Rows, declare_look, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.terms import OPEN


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    asked = RightsRequest.objects.filter(status__in=OPEN).values("file_ref")
    for pk in CaseFile.objects.filter(pk__in=files, ref__in=asked).values_list("pk", flat=True):
        yield Living(pk, "une demande de droits est ouverte")


def old_requests(before: date) -> QuerySet[RightsRequest]:
    # A name is not searched for in its sealed column; each answer has a letter until then.
    settled = RightsRequest.objects.exclude(status__in=OPEN).filter(letter__isnull=False)
    return settled.filter(answered_at__date__lt=before)


def _make_nameless(requests: QuerySet[RightsRequest]) -> None:
    requests.update(asker_name="", asker_contact="", wish="", given="", letter=None)


declare_look("rights", look)
declare_rows(
    Rows(
        RuleCode.RIGHTS_REQUEST,
        "rights.rightsrequest",
        old_requests,
        _make_nameless,
        "authority_id",
    )
)
