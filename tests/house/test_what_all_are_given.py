"""
Pages that all who come may be given: whoever asks, they differ by the token of their forms alone.

One that drew anything else for who asked, a key that makes two sendings one for instance, would
join two strangers.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from doors import addresses, filled
from fanal.ground.access.middleware import is_open
from fanal.ground.shell.visitors import FIELD, SHARED
from prevent.spaces.places import ServiceFactory

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="%s" value="[^"]+"' % FIELD.encode())


def test_what_is_shared_is_the_same_for_all_and_sets_nothing(client: Client) -> None:
    refs, shared = [str(ServiceFactory().ref)], 0
    for route, view in addresses():
        if not is_open(view):
            continue
        for address in filled(route, refs):
            first = client.get(address)
            if SHARED not in first.headers:
                continue
            again = Client(headers={"user-agent": "autre"}).get(address)
            assert TOKEN.sub(b"", first.content) == TOKEN.sub(b"", again.content), address
            assert not first.cookies, address
            assert "no-store" in first.headers["Cache-Control"], address
            # Whatever else is in an address is somebody's own.
            assert SHARED not in client.get(address, {"mot": "x"}).headers, address
            shared += 1
    assert shared > 15


def test_what_is_sent_is_shared_with_nobody(client: Client) -> None:
    for address in ("/trouver/", "/questions/", "/reperes/courant/moi/"):
        assert SHARED in client.get(address).headers
        assert SHARED not in client.post(address, {"where": "Lille"}).headers
