"""What an attacker, or a broken program, would send. Nothing in it is about anybody."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Iterator
from typing import Any

STRINGS = {
    "formula": "=cmd|' /C calc'!A0",
    "formula plus": "+1+1",
    "formula minus": "-2+3+cmd|' /C calc'!A0",
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula tab": "\t=1+1",
    "formula after a line feed": "\n=1+1",
    "NUL": "a\x00b",
    "lone surrogate": "a\ud800b",
    "right to left": "\u202egnp.exe",
    "isolates": "\u2066\u2067\u2068" * 50,
    "zero width": "\u200b" * 200,
    "controls": "".join(map(chr, range(1, 32))),
    "path": "../../../../etc/passwd",
    "windows path": "..\\..\\windows\\system32\\drivers\\etc\\hosts",
    "file address": "file:///etc/passwd",
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "format": "%s%s%s%n {0.__class__.__mro__}",
    "sql": "'; DROP TABLE concerns_concern; --",
    "image": "data:image/png;base64," + "iVBORw0KGgo" * 30,
    "typst": '#read("/etc/passwd") #panic()',
    "very long": "é" * 90_000,
    "combining": "e" + "\u0301" * 5_000,
    "header": "a\r\nSet-Cookie: b=c",
    "noncharacter": "\uffff\ufffe",
    "astral": "😀" * 500,
}
VALUES: dict[str, Any] = {
    "number": 10**18,
    "list": ["=1+1"] * 2_000,
    "object": {"a": {"b": {"c": 1}}},
    "true": True,
    "null": None,
}
FIELDS = (
    ("external_ref",), ("facts",), ("commune",), ("received_at",), ("exploitation",),
    ("minor", "given_names"), ("minor", "family_name"), ("minor", "birth_date"), ("minor", "sex"),
    ("author", "name"), ("author", "contact"), ("author", "function"), ("author", "kind"),
    ("parents_informed", "reason"),
)  # fmt: skip


def _zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/cron.d/x.jsonl", b"{}" * 2_000_000)
    return held.getvalue()


def bodies(good: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Bodies that are no concern, or should not be one."""
    text = json.dumps(good)
    for depth in (100, 5_000, 100_000):
        yield f"arrays {depth} deep", b"[" * depth + b"]" * depth
        yield f"objects {depth} deep", b'{"a":' * depth + b"1" + b"}" * depth
        yield f"arrays {depth} deep, unclosed", b"[" * depth
        yield (
            f"deep inside a field {depth}",
            (text[:-1] + ',"x":' + "[" * depth + "]" * depth + "}").encode(),
        )
    for digits in (25, 5_000, 400_000):
        yield f"integer of {digits} digits", b'{"age":' + b"9" * digits + b"}"
        yield f"decimal of {digits} digits", b'{"age":0.' + b"9" * digits + b"}"
    for number in ("1e999", "-1e999", "NaN", "Infinity", "-Infinity", "0x10", "1_000", "+1", "01"):
        yield f"number {number}", f'{{"minor":{{"age_estimate":{number}}}}}'.encode()
    yield "a hundred thousand keys", json.dumps({f"k{n}": 0 for n in range(80_000)}).encode()
    yield "the same key again and again", b"{" + b'"a":1,' * 100_000 + b'"a":1}'
    colliding = {str(n * (2**61 - 1)): n for n in range(20_000)}
    yield "keys that collide", json.dumps(colliding).encode()
    yield "gzip bomb", gzip.compress(b"\0" * 20_000_000)
    yield "zip bomb with a path", _zip_bomb()
    yield "bzip2 bomb", bz2.compress(b"\0" * 20_000_000)
    yield "xz bomb", lzma.compress(b"\0" * 20_000_000)
    yield "one mebibyte and one", b" " * (1024 * 1024 + 1)
    yield "four mebibytes", b"[" + b"0," * 2_000_000 + b"0]"
    for name, start in {
        "PDF": b"%PDF-1.7\n", "GIF": b"GIF89a", "PNG": b"\x89PNG\r\n\x1a\n", "PE": b"MZ\x90\0",
        "ELF": b"\x7fELF", "shell": b"#!/bin/sh\n", "HTML": b"<!doctype html><script>",
        "XML": b"<?xml?>", "pickle": b"\x80\x04cos\nsystem\n", "JS": b"while(1);",
        "comment": b"/* */", "two": text.encode(),
    }.items():  # fmt: skip
        yield f"{name} before JSON", start + text.encode()
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "billion laughs", f'<!DOCTYPE l [<!ENTITY l0 "l">{entities}]><l>&l9;</l>'.encode()
    yield "external entity", b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'
    yield "YAML", b"!!python/object/apply:os.system ['true']"
    for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"):
        yield f"in {encoding}", text.encode(encoding)
    accents = json.dumps(good, ensure_ascii=False)
    yield "in latin-1", accents.encode("latin-1", "replace")
    yield "two marks of order", b"\xef\xbb\xbf" * 2 + text.encode()
    for name, raw in {
        "overlong": b"\xc0\xaf", "truncated": b"\xe2\x82", "surrogate in UTF-8": b"\xed\xa0\x80",
        "past the end": b"\xf5\x80\x80\x80", "lone continuation": b"\x80",
    }.items():  # fmt: skip
        yield f"{name} bytes", b'{"facts":"' + raw + b'"}'
    yield "NUL between", text.replace(",", ",\0").encode()
    yield "NUL after", text.encode() + b"\0"
    yield "prototype", b'{"__proto__":{"a":1},"constructor":{"prototype":{}}}'
    yield "only a string", b'"=1+1"'
    yield "nothing", b""


def spoiled(good: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A good concern with one field replaced, each field by each value in turn."""
    for path in FIELDS:
        for name, value in (STRINGS | VALUES).items():
            data = json.loads(json.dumps(good))
            data["external_ref"] += f" {'.'.join(path)} {name}"
            place = data
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            yield f"{name} in {'.'.join(path)}", data


PATHS = (
    "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/", "%00", "a%00b",
    "%0d%0aX:%20y",
    "%c0%ae%c0%ae/", "%ff%fe", "%ed%a0%80", "a" * 7_000, "//etc//passwd", ";a=b", "\\\\host\\share",
    "%252e%252e%252f", "{{7*7}}", "%7B%25debug%25%7D", "' OR 1=1 --", "%E2%80%AEgpj", "😀",
    "?a=%00",
)  # fmt: skip
QUERIES = (
    "page=-1", "page=99999999999999999999", "page=%00", "page=a", "q=%00", "q=%ed%a0%80",
    "q=%25%27%22", f"q={'a' * 4_000}", "sort=%3Bdrop", "sort=-__class__", "shown=../../x",
    "shown[]=1", "q=%E2%80%AE",
    "commune=%27%27", "status=' OR 1=1", "since=0000-00-00", "since=99999-01-01", "until=-1",
)  # fmt: skip


def multiparts() -> Iterator[tuple[str, str, bytes]]:
    """Name, content type and body."""

    def part(head: str, content: bytes = b"x") -> bytes:
        return b"--b\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content

    end = b"\r\n--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    yield "a path in a file name", kind, part('name="f"; filename="../../etc/cron.d/x"') + end
    yield "NUL in a file name", kind, part('name="f"; filename="a\0.png"') + end
    yield "an image", kind, part('name="facts"; filename="a.png"', b"\x89PNG\r\n\x1a\n") + end
    yield "a thousand files", kind, b"\r\n".join([part('name="f"; filename="a"')] * 1_000) + end
    yield "ten thousand fields", kind, b"\r\n".join([part('name="f"')] * 10_000) + end
    yield "no boundary", "multipart/form-data", part('name="f"') + end
    yield "an empty boundary", "multipart/form-data; boundary=", part('name="f"') + end
    yield "a boundary too long", f"multipart/form-data; boundary={'b' * 900}", b"--b"
    yield "never ends", kind, part('name="f"', b"x" * 100_000)
    yield "headers without end", kind, b"--b\r\n" + b"X: y\r\n" * 20_000
    yield "one long header", kind, b"--b\r\nContent-Disposition: " + b"a" * 200_000 + end
    yield (
        "a part of parts",
        kind,
        part('name="f"\r\nContent-Type: multipart/mixed; boundary=c') + end,
    )
    yield (
        "base64 that is not",
        kind,
        part('name="f"\r\nContent-Transfer-Encoding: base64', b"%%%") + end,
    )
    yield "unknown charset", f"{kind}; charset=utf-99", part('name="f"') + end
    yield "larger than admitted", kind, part('name="f"', b"x" * 3_000_000) + end
