"""
The engines that link, measured on invented posts: ``python benchmarks/clustering.py [part …]``.

The posts are draws on which no threshold of the engine was chosen. ``FANAL_DATA`` may name a folder
that holds ``annonces_neutres_20k.csv.gz``, the file that the peers' figures were published on: its
column ``label`` says the campaign.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import clustering_peers as peers
import numpy as np
from clustering_drawing import Voice
from clustering_habits import HABITS
from clustering_hiding import PHONES, hide
from clustering_scores import merged, score, told, written
from clustering_unseen import UNSEEN
from clustering_worlds import VOICES, Post, every_voice, world
from figures import Figure, show
from processes import cost

from fanal.engines.clustering.index.index import Index
from fanal.engines.clustering.reading import Texts
from fanal.engines.clustering.running import cluster
from fanal.engines.contacts.extracting import contacts as extract
from fanal.engines.digests.matching import WITHIN, Bank
from fanal.engines.digests.reading import CHUNKS, Digests

ENGINE = "clustering"
F1, PRECISION, POSTS, POISONED, SEED = 0.985, 0.99, 20_000, 50, 17
INFOSHIELD = "InfoShield, published: precision 0.84; here one cluster of 14,196, then a crash"
KNOWN, ASKED, BITS = 1_000_000, 3_000, 256


def posts_of(path: Path) -> list[Post]:
    content = path.read_bytes()
    said = gzip.decompress(content) if path.suffix == ".gz" else content
    rows = csv.DictReader(io.StringIO(said.decode(), newline=""))
    return [Post(int(row["label"]), row["text"], frozenset()) for row in rows]


def as_texts(posts: list[Post]) -> Texts:
    return Texts(tuple(map(str, range(len(posts)))), tuple(post.text for post in posts))


def contacts() -> Iterator[Figure]:
    """All that posts of every voice give to be reached."""
    posts = every_voice(SEED, POSTS)
    extract(posts[0].text)
    start = time.process_time()
    found = [{one[:2] for one in extract(post.text)} for post in posts]
    speed = len(posts) / (time.process_time() - start)
    wanted = [{(kind, _canonical(kind, value)) for kind, value in p.contacts} for p in posts]
    mean = _mean(found, wanted)
    some, seconds = peers.phonenumbers([post.text for post in posts[:4000]])
    numbers = [{value for kind, value in each if kind == "phone"} for each in wanted[:4000]]
    theirs = f"phonenumbers alone: F1 {_mean(some, numbers):.4f}, {4000 / seconds:.0f} a second"
    yield Figure(ENGINE, "contacts, F1", f"{mean:.4f}", "≥ 0.98", mean >= 0.98, theirs)
    yield Figure(ENGINE, "contacts, texts a CPU second", f"{speed:.0f}", "≥ 10,000", speed >= 1e4)
    worst = {name: _of_one_style(name) for name in PHONES}
    low = min(worst, key=worst.__getitem__)
    yield Figure(ENGINE, f"the hardest of {len(worst)} ways to hide a number ({low})",
                 f"recall {worst[low]:.3f}")  # fmt: skip


def _canonical(kind: str, value: str) -> str:
    return f"+33{value[1:]}" if kind == "phone" else value


def _mean(found: list[set[object]], wanted: list[set[object]]) -> float:
    right = sum(len(one & other) for one, other in zip(found, wanted, strict=True))
    return 2 * right / max(1, sum(map(len, found)) + sum(map(len, wanted)))


def _of_one_style(name: str) -> float:
    drawing = random.Random(SEED)
    right = 0
    for _ in range(200):
        digits = f"06399{drawing.randrange(80_000, 90_000)}"
        said = f"Banc en pin, 3 places. Appelez le {hide('phone', digits, drawing, name)} merci"
        right += [one.value for one in extract(said)] == [f"+33{digits[1:]}"]
    return right / 200


def groups() -> Iterator[Figure]:
    """Each voice, then all together, beside the peers."""
    cluster(as_texts(world("brief", 0, 60)))
    for voice in VOICES:
        yield _of_one_corpus(f"posts, {voice}", world(voice, SEED, POSTS))
    mixed = every_voice(SEED, POSTS)
    yield _of_one_corpus("posts, every voice", mixed)
    labels, said = [post.campaign for post in mixed], [post.text for post in mixed]
    for peer in (peers.datasketch, peers.rensa):
        found, seconds = peer(said)
        yield Figure(peer.__name__, "posts, every voice",
                     f"{score(labels, found)}, {seconds:.1f} CPU s")  # fmt: skip
    given = Path(os.environ.get("FANAL_DATA", "")) / "annonces_neutres_20k.csv.gz"
    if given.exists():
        yield from _of_a_file(given)


def _of_one_corpus(what: str, posts: list[Post]) -> Figure:
    start = time.process_time()
    found = cluster(as_texts(posts)).clusters
    seconds = time.process_time() - start
    mean = score([post.campaign for post in posts], found)
    holds = mean.f1 >= F1 and mean.precision >= PRECISION
    bar = f"F1 ≥ {F1}, P ≥ {PRECISION}"
    return Figure(ENGINE, f"{what} ({len(posts)})", f"{mean}, {seconds:.1f} CPU s", bar, holds)


def _of_a_file(path: Path) -> Iterator[Figure]:
    posts = posts_of(path)
    labels = [post.campaign for post in posts]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "clusters.csv"
        for words in ([], ["--json"]):
            spent = cost("clustering", "run", str(path), "--out", str(out), *words)
            mean = score(labels, told(out))
            holds = mean.f1 >= F1 and mean.precision >= PRECISION and spent.seconds <= 5
            bar = f"F1 ≥ {F1}, P ≥ {PRECISION}, ≤ 5 CPU s"
            yield Figure(ENGINE, f"the file, whole process {' '.join(words)}",
                         f"{mean}, {spent}", bar, holds, INFOSHIELD)  # fmt: skip
    for peer in (peers.datasketch, peers.rensa):
        found, seconds = peer([post.text for post in posts])
        yield Figure(peer.__name__, "the file", f"{score(labels, found)}, {seconds:.1f} CPU s")


def habits() -> Iterator[Figure]:
    """Habits that no voice has: what must hold is that nothing is joined that should not be."""
    yield from _of_kinds(HABITS)


def unseen() -> Iterator[Figure]:
    """Ways of writing that were invented once the engine was made, of other seeds."""
    yield from _of_kinds(UNSEEN)


def _of_kinds(kinds: Mapping[str, type[Voice]]) -> Iterator[Figure]:
    for kind in kinds:
        posts = world(kind, SEED, POSTS, kinds=kinds)
        mean = score([post.campaign for post in posts], cluster(as_texts(posts)).clusters)
        yield Figure(ENGINE, f"posts, {kind} ({len(posts)})", f"{mean}", f"P ≥ {PRECISION}",
                     mean.precision >= PRECISION)  # fmt: skip


def poison() -> Iterator[Figure]:
    """Posts of campaigns, 50 of which also give somebody else's contact."""
    drawing = random.Random(SEED)
    posts = every_voice(SEED, POSTS)
    labels = [post.campaign for post in posts]
    held = [row for row, post in enumerate(posts) if post.campaign >= 0 and post.contacts]
    wrong = drawing.sample(held, POISONED)
    said = [post.text for post in posts]
    for row in wrong:
        other = posts[drawing.choice(held)]
        while other.campaign == labels[row]:
            other = posts[drawing.choice(held)]
        said[row] += f" ou {hide(*min(other.contacts), drawing)}"
    before = merged(labels, cluster(as_texts(posts)).clusters)
    found = cluster(Texts(tuple(map(str, range(len(said)))), tuple(said)))
    after = merged(labels, found.clusters)
    refused = {
        row
        for pairs, _ in found.grouping.refused
        for ends in (pairs.ones, pairs.others)
        for row in ends.tolist()
    }
    shown = len(refused & set(wrong))
    yield Figure(ENGINE, f"{POISONED} posts with one wrong contact",
                 f"{after - before} campaigns merged, {shown} posts on a card of refusal",
                 "no merge", after <= before)  # fmt: skip


def scale() -> Iterator[Figure]:
    """Whole processes on large files."""
    with tempfile.TemporaryDirectory() as folder:
        for size, seconds, memory in ((200_000, 30, 2048), (1_000_000, 200, None)):
            path = written(every_voice(SEED, size), Path(folder) / "posts.csv")
            spent = cost("clustering", "run", str(path), "--out", str(path.with_name("out.csv")))
            holds = spent.seconds <= seconds and (not memory or spent.memory <= memory)
            bar = f"≤ {seconds} CPU s" + (f", ≤ {memory} MiB" if memory else "")
            yield Figure(ENGINE, f"{size} posts, whole process", str(spent), bar, holds)


def adding() -> Iterator[Figure]:
    """A hundred posts, ten times, to indexes of two sizes; then all at once."""
    for size in (POSTS, 10 * POSTS):
        posts = every_voice(SEED + 1, size + 2_000)[: size + 1_000]
        texts = as_texts(posts)
        found = Index.of(cluster(_some(texts, 0, size)))
        spent = []
        for first in range(size, size + 1_000, 100):
            start = time.process_time()
            found.add(_some(texts, first, first + 100))
            spent.append(1000 * (time.process_time() - start))
        same = score(cluster(texts).clusters, found.clusters.tolist())
        yield Figure(ENGINE, f"100 posts added to {size}",
                     f"{min(spent):.0f} to {max(spent):.0f} ms; as all at once: F1 {same.f1:.4f}",
                     "≤ 100 ms", max(spent) <= 100)  # fmt: skip


def _some(texts: Texts, first: int, last: int) -> Texts:
    return Texts(texts.names[first:last], texts.texts[first:last])


def digests() -> Iterator[Figure]:
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
    list(Bank(_digests(known[:9])).matches(_digests(known[:2])))
    start = time.process_time()
    bank = Bank(_digests(known))
    built = time.process_time()
    found = {(one.query, one.match, one.distance) for one in bank.matches(asked)}
    speed = ASKED / (time.process_time() - built)
    wanted = {(query, *pair) for query, pair in zip(asked.texts, planted, strict=True)}
    recall = len(found & wanted) / ASKED
    yield Figure("digests", f"recall within {WITHIN} bits of 1,000,000", f"{recall}", "1.0",
                 recall == 1)  # fmt: skip
    yield Figure("digests", "queries a CPU second",
                 f"{speed:.0f} (index {built - start:.1f} s)", "≥ 300", speed >= 300,
                 peers.faiss(known, np.packbits(bits[:300], axis=1), WITHIN))  # fmt: skip


def _digests(rows: np.ndarray) -> Digests:
    chunks = rows.view(">u2").astype(np.uint16).reshape(-1, CHUNKS)
    return Digests(tuple(row.tobytes().hex() for row in rows), chunks)


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "contacts": contacts,
    "groups": groups,
    "habits": habits,
    "unseen": unseen,
    "poison": poison,
    "adding": adding,
    "scale": scale,
    "digests": digests,
}


def figures() -> list[Figure]:
    return [figure for part in PARTS.values() for figure in part()]


if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        show(PARTS[name]())
