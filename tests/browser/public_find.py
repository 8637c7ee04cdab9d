"""
``python public_find.py CASES FILE``: what public pages are made of, asked in process.

CASES is a JSON list of ``[state, route, address]``, FILE what was found: the signature of each page
that has this state. On the theme of the settings; that of the State says editions read by somebody.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import FormElement, HtmlElement

from browser import reading
from browser.signature import policy, signature
from fanal.config.database import close_connections, set_up_django

FORMS = "//main//form[translate(@method, 'POST', 'post') = 'post']"
KEPT = ("hidden", "submit")
TICKED = ("checkbox", "radio")


def main() -> None:
    set_up_django()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    cases, written = map(Path, sys.argv[1:])
    found = dict(_found(json.loads(cases.read_text(encoding="utf-8"))))
    written.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    close_connections()


def _found(cases: list[tuple[str, str, str]]) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    from browser.find import rolled_back, window

    client = window()
    for state, route, address in cases:
        answer = rolled_back(client.get, address)
        if state in ("found", "error"):
            sent = _sent(answer.content.decode(), address, empty=state == "error")
            if sent is None:
                continue
            answer = rolled_back(lambda where, data=sent[1]: client.post(where, data), sent[0])
        body = answer.content.decode()
        made_of = signature(body, policy(answer.headers))
        yield f"{state} {route}", (made_of, reading.faults(body, signed_in=False))


def _sent(page: str, address: str, *, empty: bool) -> tuple[str, dict[str, Any]] | None:
    """Where the form goes and with what, as a browser would send it; nothing without a form."""
    from browser.public_screens import SOUGHT

    forms: list[FormElement] = html.document_fromstring(page).xpath(FORMS)
    asking = forms[-1:] if empty else [one for one in forms if set(SOUGHT) & set(one.fields)]
    if not asking:
        return None
    form = asking[0]
    kinds = {one.get("name"): _kind(one) for one in form.xpath(".//*[@name]")}
    told: dict[str, Any] = {}
    for name, value in form.form_values():
        if empty and kinds[name] in TICKED:
            continue
        if empty and kinds[name] == "select":
            continue
        kept = kinds[name] in (*KEPT, *TICKED) or not empty
        told.setdefault(name, []).append(value if kept else "")
    if not empty:
        told |= {name: value for name, value in SOUGHT.items() if name in kinds}
    return form.get("action") or address, told


def _kind(control: HtmlElement) -> str:
    return control.get("type", "text") if control.tag == "input" else str(control.tag)


if __name__ == "__main__":
    main()
