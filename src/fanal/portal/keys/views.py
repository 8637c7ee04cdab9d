"""
The state of the keys, for those who call the custodians, and what this installation lacks; nothing
of a file is in it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.extras import absent_extras
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.privacy.sealing.chosen import keyring_path, keys_since, state_of_keys
from fanal.ground.privacy.sealing.custody import SHARES
from fanal.ground.privacy.sealing.deeds import last_deeds
from fanal.ground.privacy.sealing.keyring import known_keys
from fanal.portal.keys.reading import Reading


@require_safe
@needs(Right.MANAGE_AGENTS, Right.MANAGE_RETENTION)
def show(request: DeskRequest) -> HttpResponse:
    state = state_of_keys()
    record(agent=request.user, deed="keys.read", outcome=Outcome.READ, detail={"state": state})
    used = known_keys(keyring_path())
    context = {
        "state": state,
        "since": keys_since(),
        "keeper": settings.FANAL_KEY_KEEPER,
        "key": str(used[-1].id) if used else "",
        "shares": SHARES,
        "absent": absent_extras(),
        "read": Reading(last_deeds(keyring_path()), today=localdate()),
    }
    return render(request, "portal/keys/show.html", context)
