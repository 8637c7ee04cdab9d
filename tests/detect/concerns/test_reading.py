"""JSON Lines: every physical line that is not blank is an object or a French message."""

import json
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.detect.concerns.reading import LONGEST_LINE, Line, Unreadable, read_lines, read_object


def lines(raw: bytes) -> list[Line]:
    return list(read_lines(BytesIO(raw)))


def the_error(raw: bytes) -> str:
    (line,) = lines(raw)
    assert line.data is None
    assert list(line.errors) == ["_line"]
    (message,) = line.errors["_line"]
    return message


def test_lines_are_numbered_from_one_and_blank_ones_are_counted():
    read = lines(b'{"a": 1}\n\n  \t\n{"b": 2}\r\n\r\n{"c": 3}')

    assert [(line.number, line.data) for line in read] == [
        (1, {"a": 1}),
        (4, {"b": 2}),
        (6, {"c": 3}),
    ]
    assert all(line.errors == {} for line in read)


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n\n"])
def test_a_file_without_a_line_gives_none(raw):
    assert lines(raw) == []


@pytest.mark.parametrize(
    "end", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r"], ids=ascii
)
def test_only_a_line_feed_ends_a_line(end):
    raw = json.dumps({"a": f"x{end}y"}, ensure_ascii=end < " ").encode() + b"\n"

    (line,) = lines(raw)

    assert line.number == 1
    assert line.data == {"a": f"x{end}y"}


def test_a_byte_order_mark_is_accepted_at_the_start_alone():
    assert lines(b'\xef\xbb\xbf{"a": 1}\n')[0].data == {"a": 1}
    assert [line.data for line in lines(b'{"a": 1}\n\xef\xbb\xbf{"b": 1}\n')] == [{"a": 1}, None]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b'{"a": "\xe9"}', "UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b'{"a": 1', "JSON valide"),
        (b"{'a': 1}", "JSON valide"),
        (b'{"a": 1,}', "JSON valide"),
        (b'{"a": 1} {"b": 2}', "JSON valide"),
        (b'{"a": "\t"}', "JSON valide"),
        (b'{"a": "\x00"}', "JSON valide"),
        (b"bonjour", "JSON valide"),
        (b"[]", "objet entre accolades"),
        (b'"texte"', "objet entre accolades"),
        (b"12", "objet entre accolades"),
        (b"null", "objet entre accolades"),
        (b'{"a": 1, "a": 2}', "« a » est écrit deux fois"),
        (b'{"m": {"b": 1, "\\u0062": 2}}', "« b » est écrit deux fois"),
        (b'{"l": [{"b": 1, "b": 1}]}', "« b » est écrit deux fois"),
        (b'{"\\u001b": 1, "\\u001b": 1}', "« � » est écrit deux fois"),
        (b'{"a": NaN}', "« NaN »"),
        (b'{"a": Infinity}', "« Infinity »"),
        (b'{"a": -Infinity}', "« -Infinity »"),
        (b'{"a": 1e999}', "trop grand"),
        (b'{"a": -1e999}', "trop grand"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "trop grand"),
        (b'{"a": 0.' + b"9" * 5_000 + b"}", "trop grand"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "emboîtés"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "emboîtés"),
        (b"[" * 500_000, "emboîtés"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_bad_line_is_an_error_of_that_line(raw, word, end):
    message = the_error(raw + end)

    assert word in message
    assert message.endswith((".", "!"))


def test_a_bad_line_does_not_stop_the_file():
    read = lines(b'{"a": 1}\nnon\n[1]\n{"b": "\xff"}\n{"c": 3}\n')

    assert [line.number for line in read] == [1, 2, 3, 4, 5]
    assert [line.data for line in read] == [{"a": 1}, None, None, None, {"c": 3}]


def padded(length: int) -> bytes:
    return b'{"a": "' + b"x" * (length - 9) + b'"}'


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_line_is_read_up_to_the_bound_and_skipped_past_it(end):
    assert lines(padded(LONGEST_LINE) + end)[0].errors == {}
    for excess in (1, 2, 3, 70_000, 2 * LONGEST_LINE):
        read = lines(padded(LONGEST_LINE + excess) + end + (b'{"b": 2}\n' if end else b""))
        assert "trop longue" in read[0].errors["_line"][0]
        assert [(line.number, line.data) for line in read[1:]] == ([(2, {"b": 2})] if end else [])


class Endless:
    """A stream that makes its bytes as they are asked for."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readline(self, size: int = -1, /) -> bytes:
        taken = min(size, self.left)
        self.left -= taken
        return b"x" * taken


def test_memory_does_not_grow_with_a_line():
    tracemalloc.start()
    (line,) = read_lines(Endless(300_000_000))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "trop longue" in line.errors["_line"][0]
    assert peak < 8 * LONGEST_LINE


def test_memory_does_not_grow_with_the_file():
    stream = BytesIO(b'{"a": "texte"}\n' * 50_000)
    tracemalloc.start()
    count = sum(1 for _ in read_lines(stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 50_000
    assert peak < LONGEST_LINE


def test_one_object_is_read_with_the_same_care():
    assert read_object(b' {"a": 1}\n') == {"a": 1}
    with pytest.raises(Unreadable, match="deux fois"):
        read_object(b'{"a": 1, "a": 1}')


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer_for_each_line_that_is_not_blank(raw):
    read = lines(raw)

    numbers = [line.number for line in read]
    assert numbers == sorted(set(numbers))
    assert all((line.data is None) == bool(line.errors) for line in read)
    assert all(number <= raw.count(b"\n") + 1 for number in numbers)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), max_size=6))
def test_what_json_writes_is_read_as_written(objects):
    raw = "\n".join(json.dumps(value, ensure_ascii=False) for value in objects)

    assert [line.data for line in lines(raw.encode("utf-8", "surrogatepass"))] == objects
