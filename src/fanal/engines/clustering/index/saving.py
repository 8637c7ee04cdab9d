"""An index in a file of arrays, and back: nothing in it is ever run."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.carriers import ByContact
from fanal.engines.clustering.corpus import Ints, Longs
from fanal.engines.clustering.index.carrying import Carrying
from fanal.engines.clustering.index.index import Index
from fanal.engines.clustering.index.keys import Keys
from fanal.engines.clustering.index.vocabulary import Vocabulary
from fanal.engines.clustering.linking import VERSION, Limits
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured, Words
from fanal.engines.contacts.extracting import Contact
from fanal.engines.sheets.reading import UnreadableSheet

FORMAT, FORMAT_VERSION = "fanal clustering index", 1


class UnreadableIndex(UnreadableSheet):
    """A file that is no index, or that of another version; the message is French."""


Arrays = dict[str, npt.NDArray[Any]]
VOCABULARY = ("words", "rows", "weights", "gains", "losses", "owner")


def save(index: Index, file: IO[bytes]) -> None:
    """Write an index."""
    about = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "rules": VERSION,
        "unseen": index.vocabulary.unseen,
        "usual": index.vocabulary.usual,
        "sure": index.limits.sure,
        "likely": index.limits.likely,
        "eased": index.limits.eased,
        "quoted": sorted(index.carrying.quoted),
        "keys": [index.keys.first, index.keys.weight],
        "groups": [index.groups.first, index.groups.weight],
    }
    arrays: Arrays = {
        "about": _bytes(json.dumps(about)),
        "clusters": index.clusters,
        "limits": index.limits.words,
        **{f"vocabulary_{name}": getattr(index.vocabulary, name) for name in VOCABULARY},
        "held": index.measured.words.held,
        "held_begins": index.measured.words.begins,
        "bases": index.measured.bases,
        "rest": index.measured.rest,
        "first": index.carrying.first,
        "personal": index.sharing.personal,
        **_pairs("sharing", index.sharing.pairs),
        **_pairs("near", index.near),
        **_strings("names", index.names),
        **_strings("said", index.said),
        **_contacts(index),
    }
    for name, keys in (("keys", index.keys), ("groups", index.groups)):
        keys.sort()
        arrays |= {f"{name}_sorted": keys.sorted, f"{name}_texts": keys.texts}
    np.savez(file, allow_pickle=False, **arrays)


def load(path: Path) -> Index:
    """
    Read an index.

    Raises:
        UnreadableIndex: in French, when this is no index, or that of another version.
    """
    try:
        with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes())
            _check(path, about)
            return _index(about, {name: file[name] for name in file.files})
    except UnreadableIndex:
        raise
    except FileNotFoundError:
        raise UnreadableIndex(f"Il n'y a pas d'index {path}.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, EOFError):
        raise UnreadableIndex(f"{path} n'est pas un index, ou il est abîmé.") from None


def _check(path: Path, about: dict[str, Any]) -> None:
    if about["format"] != FORMAT:
        raise ValueError(about["format"])
    if (about["version"], about["rules"]) != (FORMAT_VERSION, VERSION):
        raise UnreadableIndex(
            f"{path} a été fait par une autre version : groupez de nouveau les textes."
        )


def _index(about: dict[str, Any], arrays: Arrays) -> Index:
    keys = list(zip(_read(arrays, "kinds"), _read(arrays, "values"), strict=True))
    vocabulary = Vocabulary(
        **{name: arrays[f"vocabulary_{name}"] for name in VOCABULARY},
        unseen=about["unseen"],
        usual=about["usual"],
    )
    measured = Measured(
        Words(arrays["held"], arrays["held_begins"]),
        vocabulary.weights,
        vocabulary.gains,
        arrays["bases"],
        arrays["rest"],
    )
    rows = {key: row for row, key in enumerate(keys)}
    if not arrays["clusters"].size == arrays["rest"].size == arrays["names_lengths"].size:
        raise ValueError("lengths")
    return Index(
        names=_read(arrays, "names"),
        said=_read(arrays, "said"),
        contacts=_read_contacts(arrays, keys),
        clusters=arrays["clusters"],
        vocabulary=vocabulary,
        measured=measured,
        carrying=Carrying(
            rows, *_carriers(arrays, len(keys)), set(about["quoted"]), arrays["first"]
        ),
        sharing=ByContact(_read_pairs(arrays, "sharing"), arrays["personal"]),
        near=_read_pairs(arrays, "near"),
        limits=Limits(about["sure"], about["likely"], arrays["limits"], about["eased"]),
        keys=_read_keys(arrays, "keys", *about["keys"]),
        groups=_read_keys(arrays, "groups", *about["groups"]),
    )


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _strings(name: str, strings: Sequence[str]) -> Arrays:
    lengths = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    return {name: _bytes("".join(strings)), f"{name}_lengths": lengths}


def _read(arrays: Arrays, name: str) -> list[str]:
    whole = arrays[name].tobytes().decode("utf-8", "surrogatepass")
    ends = np.cumsum(arrays[f"{name}_lengths"]).tolist()
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _pairs(name: str, pairs: Pairs) -> Arrays:
    return {
        f"{name}_ones": pairs.ones,
        f"{name}_others": pairs.others,
        f"{name}_likeness": pairs.likeness,
    }


def _read_pairs(arrays: Arrays, name: str) -> Pairs:
    return Pairs(*(arrays[f"{name}_{part}"] for part in ("ones", "others", "likeness")))


def _read_keys(arrays: Arrays, name: str, first: int, weight: float) -> Keys:
    held = arrays[f"{name}_sorted"]
    late = np.empty((held.shape[0], 0), dtype=np.uint64), np.empty(0, dtype=np.int32)
    return Keys(held, arrays[f"{name}_texts"], *late, first, weight)


def _contacts(index: Index) -> Arrays:
    """The contacts of each text, as rows of three numbers: which, where it begins, and ends."""
    rows = index.carrying.rows
    told = [
        (rows[one.kind, one.value], one.start, one.end) for found in index.contacts for one in found
    ]
    return {
        **_strings("kinds", [kind for kind, _ in rows]),
        **_strings("values", [value for _, value in rows]),
        "contacts": np.array(told, dtype=np.int32).reshape(-1, 3),
        "contacts_each": np.array([len(found) for found in index.contacts], dtype=np.int32),
    }


def _read_contacts(arrays: Arrays, keys: Sequence[tuple[str, str]]) -> list[tuple[Contact, ...]]:
    each = [
        Contact(keys[row][0], keys[row][1], start, end)
        for row, start, end in arrays["contacts"].tolist()
    ]
    ends = np.cumsum(arrays["contacts_each"]).tolist()
    return [tuple(each[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _carriers(arrays: Arrays, number: int) -> tuple[Longs, Ints]:
    """The texts that carry each contact."""
    rows = arrays["contacts"][:, 0]
    texts = np.repeat(
        np.arange(arrays["contacts_each"].size, dtype=np.int32), arrays["contacts_each"]
    )
    order = np.argsort(rows, kind="stable")
    begins = np.append(0, np.cumsum(np.bincount(rows, minlength=number)))
    return begins, texts[order]
