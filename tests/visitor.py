"""Somebody who comes without an account, and sends the forms of our own pages."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

from fanal.ground.shell.visitors import FIELD, form_token


def but_its_token(page: str) -> str:
    """A page as it is for whoever asks: the token is drawn for each."""
    found, times = re.subn(rf'name="{FIELD}" value="[^"]+"', "", page)
    assert times
    return found


class Visitor(Client):
    """What is posted carries the token of its page; give one, and it is the one that is sent."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:
        if data is None or isinstance(data, dict):
            data = {FIELD: form_token()} | (data or {})
        return super().post(path, data, *args, **more)

    def deed(self, address: str, **body: Any) -> Any:
        """A deed of the script of the conversation, which sends the whole form that it stood on."""
        given = body.get("answers", {})
        if isinstance(given, dict):
            body["answers"] = {FIELD: form_token()} | given
        return self.post(address, json.dumps(body), content_type="application/json")
