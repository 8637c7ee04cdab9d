"""The engines that link, measured: ``python benchmarks/clustering.py digests contacts groups``."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from fanal.engines.digests.matching import WITHIN, Bank
from fanal.engines.digests.reading import CHUNKS, Digests

Hiding = Callable[[list[str], random.Random], str]
KNOWN, ASKED, BITS = 1_000_000, 3_000, 256


def digests() -> None:
    """A million digests drawn by chance, 3,000 of them asked about with 0 to 31 bits flipped."""
    drawing = np.random.default_rng(20)
    known = drawing.integers(0, 256, (KNOWN, BITS // 8), dtype=np.uint8)
    bits = np.unpackbits(known[drawing.choice(KNOWN, ASKED, replace=False)], axis=1)
    planted = []
    for row in range(ASKED):
        flips = row % (WITHIN + 1)
        planted.append((np.packbits(bits[row]).tobytes().hex(), flips))
        bits[row, drawing.choice(BITS, flips, replace=False)] ^= 1
    asked = _digests(np.packbits(bits, axis=1))
    Bank(_digests(known[:2])).matches(asked)
    list(Bank(_digests(known[:9])).matches(_digests(known[:2])))
    start = time.process_time()
    bank = Bank(_digests(known))
    built = time.process_time()
    found = {(one.query, one.match, one.distance) for one in bank.matches(asked)}
    searched = time.process_time()
    wanted = {(query, *pair) for query, pair in zip(asked.texts, planted, strict=True)}
    print(
        f"index {built - start:.2f} s CPU, {ASKED / (searched - built):.0f} queries per CPU s, "
        f"recall {len(found & wanted) / ASKED}, {len(found - wanted)} others"
    )


def _digests(rows: np.ndarray) -> Digests:
    chunks = rows.view(">u2").astype(np.uint16).reshape(-1, CHUNKS)
    return Digests(tuple(row.tobytes().hex() for row in rows), chunks)


NAMES = {
    "FR": "soixante-dix quatre-vingts quatre-vingt-dix",
    "BE": "septante quatre-vingts nonante",
    "CH": "septante huitante nonante",
}
UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
TENS = "vingt trente quarante cinquante soixante"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
SENTENCES = (
    "Table en chêne, bon état, 120 euros.", "À retirer le 01/02/2026 vers 14 h 30.",
    "Trois chaises et 2 tabourets, acheté il y a deux ans.", "Livraison possible à 10 km, 06 mai.",
    "Vélo de 2019, 24 pouces, 3 vitesses.", "Lot de 12 livres, 4 euros pièce.",
)  # fmt: skip


def contacts() -> None:
    """Invented posts, nine ways to hide a fiction number; a fifth of them have none."""
    from fanal.engines.clustering.contacts.extracting import contacts as extract

    drawing = random.Random(7)
    posts = [_post(drawing) for _ in range(20_000)]
    extract(posts[0][0])
    start = time.process_time()
    found = [{one.value for one in extract(text)} for text, _ in posts]
    seconds = time.process_time() - start
    right = sum(len(one & wanted) for one, (_, wanted) in zip(found, posts, strict=True))
    told = sum(map(len, found)) + sum(len(wanted) for _, wanted in posts)
    print(f"contacts F1 {2 * right / told:.4f}, {len(posts) / seconds:.0f} texts per CPU s")


def _post(drawing: random.Random) -> tuple[str, set[str]]:
    said = drawing.sample(SENTENCES, 3)
    wanted: set[str] = set()
    if drawing.random() > 0.2:
        digits = f"06399{drawing.randrange(80000, 90000)}"
        pairs = [digits[at : at + 2] for at in range(0, 10, 2)]
        wanted.add(f"+33{digits[1:]}")
        said.append(f"Appelez le {drawing.choice(HIDDEN)(pairs, drawing)}")
    if drawing.random() > 0.5:
        handle = f"bois_{drawing.randrange(10**4)}"
        wanted.add(handle)
        said.append(drawing.choice(("snap : {}", "insta @{}", "t.me/{}", "IG→{}")).format(handle))
    return " ".join(said), wanted


def _said(pair: str, where: str) -> str:
    units, number = UNITS.split(), int(pair)
    if number < 20:
        said = units[number] if number < 17 else f"dix-{units[number - 10]}"
        return f"zéro {said}" if pair[0] == "0" else said
    tens = [*TENS.split(), *NAMES[where].split()][number // 10 - 2]
    rest = number % 10
    if tens.endswith("-dix") and rest:
        return f"{tens.removesuffix('-dix')}-{_said(str(rest + 10), where)}"
    if not rest:
        return tens
    joint = " et " if rest == 1 and not tens.startswith("quatre") else "-"
    return f"{tens.removesuffix('s')}{joint}{units[rest]}"


def _words(where: str) -> Hiding:
    return lambda pairs, _drawing: " ".join(_said(pair, where) for pair in pairs)


HIDDEN: tuple[Hiding, ...] = (
    _words("FR"),
    _words("BE"),
    _words("CH"),
    lambda pairs, _: "\n".join(pairs),
    lambda pairs, _: " ".join(pairs).translate(str.maketrans("0123456789", ARABIC)),
    lambda pairs, _: "".join(chr(ord(one) + 0xFEE0) for one in "".join(pairs)),
    lambda pairs, _: "".join(f"{one}\ufe0f\u20e3" for one in "".join(pairs)),
    lambda pairs, _: " ".join(pairs).replace("0", "O").replace("1", "l"),
    lambda pairs, drawing: " ".join(
        f"{one} {drawing.choice(('€', 'puis', '🪑 et'))}" for one in pairs
    ),
    lambda pairs, _: f"+33 (0){'.'.join(pairs)[1:]}",
)

CLAUSES = tuple(
    f"{what} {how}"
    for what in ("matériel stocké au sec", "livraison possible", "facture fournie", "prix ferme",
                 "visible le soir", "devis gratuit", "réponse rapide", "notice comprise")
    for how in ("sans engagement", "toute la semaine", "sur simple demande", "près de la gare")
)  # fmt: skip
OPENINGS = (
    "Je vends",
    "Disponible aujourd'hui,",
    "Cause départ,",
    "Occasion à saisir,",
    "À louer,",
)
THINGS = ("table", "armoire", "vélo", "guitare", "lampe", "tondeuse", "remorque", "poussette")
TOWNS = ("Brest", "Dijon", "Lens", "Nantes", "Pau", "Tours")
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
DRAWN: set[str] = set()
CAMPAIGNS, ALONE, POISONED = 500, 8_000, 50


def groups() -> None:
    """500 invented campaigns among 8,000 posts alone; then 50 posts with one wrong contact."""
    from fanal.engines.clustering.reading import Texts
    from fanal.engines.clustering.running import cluster

    drawing = random.Random(11)
    posts = [post for label in range(CAMPAIGNS) for post in _campaign(label, drawing)]
    posts += [(f"-{rank}", *_wording(_style(drawing), drawing)) for rank in range(ALONE)]
    drawing.shuffle(posts)
    cluster(Texts(("a", "b"), ("un vélo", "un vélo")))
    for poisoned in (0, POISONED):
        said = [text for _, text, _ in posts]
        in_campaigns = [place for place, post in enumerate(posts) if post[0][0] != "-"]
        for place in drawing.sample(in_campaigns, poisoned):
            said[place] += f" ou {drawing.choice(posts)[2]}"
        start = time.process_time()
        found = cluster(Texts(tuple(map(str, range(len(said)))), tuple(said)))
        seconds = time.process_time() - start
        _score([label for label, _, _ in posts], found.clusters, seconds, poisoned)


def _campaign(label: int, drawing: random.Random) -> list[tuple[str, str, str]]:
    style = _style(drawing)
    phones = [_phone(drawing) for _ in range(drawing.randint(1, 3))]
    return [
        (str(label), *_wording(style, drawing, drawing.choice(phones)))
        for _ in range(min(80, int(drawing.paretovariate(0.9)) + 1))
    ]


def _style(drawing: random.Random) -> tuple[str, ...]:
    return (drawing.choice(OPENINGS), drawing.choice(THINGS), *drawing.sample(CLAUSES, 5))


def _phone(drawing: random.Random) -> list[str]:
    """A number of the blocks kept for fiction, never drawn before in this run."""
    while (digits := f"{drawing.choice(FICTION)}{drawing.randrange(10_000):04}") in DRAWN:
        pass
    DRAWN.add(digits)
    return [digits[at : at + 2] for at in range(0, 10, 2)]


def _wording(
    style: tuple[str, ...], drawing: random.Random, pairs: list[str] | None = None
) -> tuple[str, str]:
    opening, thing, *clauses = style
    drawing.shuffle(clauses)
    if drawing.random() < 0.3:
        clauses.pop()
    contact = drawing.choice(HIDDEN)(pairs or _phone(drawing), drawing)
    price, town = drawing.randrange(10, 900), drawing.choice(TOWNS)
    return (
        f"{opening} {thing} à {town}, {price} euros, {', '.join(clauses)}. Tél {contact}",
        contact,
    )


def _score(labels: list[str], clusters: tuple[int, ...], seconds: float, poisoned: int) -> None:
    def pairs(keys: Iterable[object]) -> int:
        return sum(number * (number - 1) // 2 for number in Counter(keys).values())

    both = pairs(zip(labels, clusters, strict=True))
    precision = both / max(1, pairs(clusters))
    recall = both / pairs(label for label in labels if label[0] != "-")
    mean = 2 * precision * recall / (precision + recall)
    most: dict[int, Counter[str]] = {}
    for label, number in zip(labels, clusters, strict=True):
        most.setdefault(number, Counter())[label] += 1
    merged = sum(sum(times > 1 for times in one.values()) > 1 for one in most.values())
    print(
        f"groups of {len(labels)}, {poisoned} poisoned: precision {precision:.4f}, recall "
        f"{recall:.4f}, F1 {mean:.4f}, {merged} merges, {seconds:.2f} s CPU"
    )


MEASURES = {"digests": digests, "contacts": contacts, "groups": groups}

if __name__ == "__main__":
    for name in sys.argv[1:] or MEASURES:
        MEASURES[name]()
