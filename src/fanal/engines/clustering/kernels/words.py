"""Words of folded texts as numbers, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from fanal.engines.clustering.kernels.graphs import root

OFFSET, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
MIX, SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(33)
SPACE = 32


@njit(cache=True, nogil=True)
def mixed(value):
    value ^= value >> SHIFT
    value *= MIX
    value ^= value >> SHIFT
    return value


@njit(cache=True, nogil=True)
def spelt(characters, starts, letters, blanks):
    """
    One hash for each word of each text, in order, and where each text's begin.

    ``characters``: code points; ``letters``: whether a code point is in a word; ``blanks``: rows of
    first place and last one, not to be read.
    """
    for row in range(blanks.shape[0]):
        characters[blanks[row, 0] : blanks[row, 1]] = SPACE
    texts = starts.size - 1
    begins = np.zeros(texts + 1, dtype=np.int64)
    hashes = np.empty(characters.size // 2 + texts + 1, dtype=np.uint64)
    number = 0
    for text in range(texts):
        word, length = OFFSET, 0
        for place in range(starts[text], starts[text + 1]):
            code = characters[place]
            if code < letters.size and letters[code]:
                word = (word ^ np.uint64(code)) * PRIME
                length += 1
            elif length:
                hashes[number] = mixed(word)
                number += 1
                word, length = OFFSET, 0
        if length:
            hashes[number] = mixed(word)
            number += 1
        begins[text + 1] = number
    return hashes[:number].copy(), begins


@njit(cache=True, nogil=True)
def _placed(table, key):
    """Where ``key`` is, or would be, in a table of open addresses; its size is a power of two."""
    last = np.uint64(table.size - 1)
    place = mixed(key) & last
    while table[place] != 0 and table[place] != key:
        place = (place + np.uint64(1)) & last
    return place


@njit(cache=True, nogil=True)
def numbered(hashes):
    """The different hashes in the order in which they are met, and the number of each."""
    table = np.zeros(1 << 12, dtype=np.uint64)
    numbers = np.zeros(table.size, dtype=np.int32)
    known = np.empty(1 << 11, dtype=np.uint64)
    count = 0
    told = np.empty(hashes.size, dtype=np.int32)
    for row in range(hashes.size):
        key = hashes[row] if hashes[row] else OFFSET
        place = _placed(table, key)
        if table[place] == 0:
            if count == known.size:
                wider = np.empty(2 * known.size, dtype=np.uint64)
                wider[:count] = known
                known = wider
                table = np.zeros(4 * table.size // 2, dtype=np.uint64)
                numbers = np.zeros(table.size, dtype=np.int32)
                for number in range(count):
                    place = _placed(table, known[number])
                    table[place], numbers[place] = known[number], number
                place = _placed(table, key)
            table[place], numbers[place], known[count] = key, count, key
            count += 1
        told[row] = numbers[place]
    return known[:count].copy(), told


@njit(cache=True, nogil=True)
def carried(numbers, begins, kinds):
    """In how many texts each of ``kinds`` words is."""
    times = np.zeros(kinds, dtype=np.int32)
    last = np.full(kinds, -1, dtype=np.int32)
    for text in range(begins.size - 1):
        for place in range(begins[text], begins[text + 1]):
            word = numbers[place]
            if last[word] != text:
                last[word] = text
                times[word] += 1
    return times


@njit(cache=True, nogil=True)
def followed(numbers, begins, order, sources, kinds):
    """
    How many sources use each word, and each word after another one.

    ``order``: the texts to be read, those of one source together. ``sources``: of each text.
    A text begins after the word ``kinds``. Returns the sources of each word, and for each place
    the row of its pair in the last array, the sources of each pair.
    """
    words = np.zeros(kinds + 1, dtype=np.int32)
    last = np.full(kinds + 1, -1, dtype=np.int32)
    table = np.zeros(1 << 12, dtype=np.uint64)
    rows = np.zeros(table.size, dtype=np.int32)
    known = np.empty(1 << 11, dtype=np.uint64)
    pairs = np.zeros(known.size, dtype=np.int32)
    seen = np.full(known.size, -1, dtype=np.int32)
    count = 0
    where = np.full(numbers.size, -1, dtype=np.int32)
    for text in order:
        source, before = sources[text], kinds
        if last[kinds] != source:
            last[kinds] = source
            words[kinds] += 1
        for place in range(begins[text], begins[text + 1]):
            word = numbers[place]
            if last[word] != source:
                last[word] = source
                words[word] += 1
            key = (np.uint64(before + 1) << np.uint64(32)) | np.uint64(word)
            slot = _placed(table, key)
            if table[slot] == 0:
                if count == known.size:
                    wider = np.empty(2 * count, dtype=np.uint64)
                    wider[:count] = known
                    known = wider
                    more = np.zeros(2 * count, dtype=np.int32)
                    more[:count] = pairs
                    pairs = more
                    later = np.full(2 * count, -1, dtype=np.int32)
                    later[:count] = seen
                    seen = later
                    table = np.zeros(4 * count, dtype=np.uint64)
                    rows = np.zeros(table.size, dtype=np.int32)
                    for row in range(count):
                        slot = _placed(table, known[row])
                        table[slot], rows[slot] = known[row], row
                    slot = _placed(table, key)
                table[slot], rows[slot], known[count] = key, count, key
                count += 1
            row = rows[slot]
            if seen[row] != source:
                seen[row] = source
                pairs[row] += 1
            where[place] = row
            before = word
    return words, where, pairs[:count].copy()


@njit(cache=True, nogil=True)
def surprises(numbers, begins, order, words, where, pairs, formula, usual, sources):
    """
    How little each word is expected, in nats: the mean of where it is met.

    The chance of a word is that of its sources, or that of its following the word before, whichever
    is greater; a pair that fewer than ``formula`` sources use weighs little. The source where it is
    read does not count. Before any source is read, a word has the chance ``usual``, which is worth
    so many ``sources``.
    """
    kinds = words.size - 1
    whole = words[kinds] - 1 + sources
    sums = np.zeros(kinds, dtype=np.float64)
    times = np.zeros(kinds, dtype=np.int32)
    for text in order:
        before = kinds
        for place in range(begins[text], begins[text + 1]):
            word = numbers[place]
            alone = (words[word] - 1 + usual * sources) / whole
            after = (pairs[where[place]] - 1 + formula * alone) / (words[before] - 1 + formula)
            sums[word] -= np.log(max(alone, after))
            times[word] += 1
            before = word
    unseen = np.log(whole / (usual * sources))
    for word in range(kinds):
        sums[word] = sums[word] / times[word] if times[word] else unseen
    return sums


@njit(cache=True, nogil=True)
def sets(hashes, begins, texts):
    """The different words of each of these texts, sorted."""
    begun = np.zeros(texts.size + 1, dtype=np.int64)
    count = 0
    for row in range(texts.size):
        count += begins[texts[row] + 1] - begins[texts[row]]
    held = np.empty(count, dtype=np.uint64)
    count = 0
    for row in range(texts.size):
        first = count
        for place in range(begins[texts[row]], begins[texts[row] + 1]):
            held[count] = hashes[place]
            count += 1
        held[first:count].sort()
        last = first
        for place in range(first, count):
            if place == first or held[place] != held[last - 1]:
                held[last] = held[place]
                last += 1
        count = last
        begun[row + 1] = count
    return held[:count].copy(), begun


@njit(cache=True, nogil=True)
def least_words(held, begins, band, rows):
    """One key for each set of words: its ``rows`` least, each in an order of its own."""
    keys = np.empty(begins.size - 1, dtype=np.uint64)
    for row in range(keys.size):
        key = OFFSET
        for salt in range(rows):
            salted = mixed(np.uint64(band * rows + salt + 1) * PRIME)
            least = np.uint64(0xFFFFFFFFFFFFFFFF)
            for place in range(begins[row], begins[row + 1]):
                least = min(least, mixed(held[place] ^ salted))
            key = (key ^ least) * PRIME
        keys[row] = key
    return keys


@njit(cache=True, nogil=True)
def copies(held, begins, keys, order, above, part):
    """Join, in ``above``, sets of one key of which this part is common, the first with each."""
    begun = 0
    for rank in range(1, order.size):
        if keys[order[rank]] != keys[order[begun]]:
            begun = rank
            continue
        for place in (begun, rank - 1):
            if _common(held, begins, order[rank], order[place]) >= part:
                one, other = root(above, order[rank]), root(above, order[place])
                above[max(one, other)] = min(one, other)


@njit(cache=True, nogil=True)
def _common(held, begins, one, other):
    """Jaccard's index of two sets; none for two that are empty."""
    left, right = begins[one], begins[other]
    common = 0
    while left < begins[one + 1] and right < begins[other + 1]:
        if held[left] == held[right]:
            common += 1
            left += 1
            right += 1
        elif held[left] < held[right]:
            left += 1
        else:
            right += 1
    whole = begins[one + 1] - begins[one] + begins[other + 1] - begins[other] - common
    return common / whole if whole else 0.0
