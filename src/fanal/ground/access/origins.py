"""Who sent this: our own page, and no other's. It stands in the place of a cookie and its token."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

SAME = ("same-origin", "none")
# What a page that hides whence one comes says of a form that it sends, even to its own site.
HIDDEN = "null"


def from_our_page(headers: Mapping[str, str], *, host: str, form: bool = False) -> bool:
    """
    Whether nothing says that another site sent it.

    A browser of these last years says it in Sec-Fetch-Site; an older one, in Origin. What says
    neither is no browser, and carries nobody's rights: a key alone gives any here.

    Args:
        headers: by name in lower case.
        form: sent by a form, of which an older browser says no more than ``null``.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in SAME
    if origin is None or (form and origin == HIDDEN):
        return True
    return urlsplit(origin).netloc.lower() == host.lower() != ""
