from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.documents.queries import read_document


@require_safe
@needs(Right.READ_DOCUMENTS)
@recently_proved
def download(request: DeskRequest, ref: UUID) -> HttpResponse:
    document = read_document(agent=request.user, ref=ref)
    response = HttpResponse(bytes(document.pdf), content_type="application/pdf")
    # A file name stays in the downloads of a shared machine: it names nobody.
    response["Content-Disposition"] = f'inline; filename="document-{str(ref)[:8]}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
