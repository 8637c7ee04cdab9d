"""One spelling for names that are sorted and searched: no accent, no capital, no sign."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_ABBREVIATIONS = {"st": "saint", "ste": "sainte"}


def name_key(name: str) -> str:
    """
    The key under which a name is sorted and searched.

    PostgreSQL may have no French collation (``Écouen`` would follow ``Zoé``): the key sorts
    rightly everywhere. Applied twice, it changes nothing more.

    >>> name_key("L'Haÿ-les-Roses")
    'l hay les roses'
    >>> name_key("Œuilly")
    'oeuilly'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LIGATURES).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_A_LETTER.sub(" ", letters).strip()


def search_key(text: str) -> str:
    """
    The key of what somebody typed: ``name_key`` with the usual abbreviations spelt out.

    >>> search_key("St-Denis")
    'saint denis'
    """
    return " ".join(_ABBREVIATIONS.get(word, word) for word in name_key(text).split())
