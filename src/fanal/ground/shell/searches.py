"""
What somebody looks for by name is posted, and no address holds it.

A list that is sorted, cut in pages and exported by its address keeps the words in the reader's
session; its address holds a mark that means nothing elsewhere.
"""

from __future__ import annotations

import secrets

from django.http import HttpRequest, QueryDict

WORDS, MARK = "q", "recherche"
_KEY, _MOST = "searches", 10


def address_without_words(request: HttpRequest) -> str:
    """The filters that were posted, as an address: the words are kept, and their mark is there."""
    asked = request.POST.copy()
    words = asked.get(WORDS, "").strip()[:100]
    for name in (WORDS, MARK, "page", "csrfmiddlewaretoken"):
        asked.pop(name, None)
    if words:
        asked[MARK] = _keep(request, words)
    return f"{request.path}?{asked.urlencode()}"


def asked_with_words(request: HttpRequest) -> QueryDict:
    """The filters of an address, with the words that its mark stands for to this reader."""
    asked = request.GET.copy()
    asked.pop(WORDS, None)
    kept: dict[str, str] = request.session.get(_KEY, {})
    if words := kept.get(asked.get(MARK, "")):
        asked[WORDS] = words
    return asked


def without_words(query: str) -> str:
    """A query that may be kept under a name: neither words nor their mark."""
    asked = QueryDict(query, mutable=True)
    asked.pop(WORDS, None)
    asked.pop(MARK, None)
    return asked.urlencode()


def _keep(request: HttpRequest, words: str) -> str:
    kept: dict[str, str] = dict(request.session.get(_KEY, {}))
    mark = next((one for one, known in kept.items() if known == words), secrets.token_urlsafe(9))
    kept.pop(mark, None)
    kept[mark] = words
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])
    return mark
