"""No image, even hidden; and no ordinary sentence taken for one."""

import base64
import time
from hashlib import sha256
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.concerns.schema.sample import concern, errors_of
from fanal.detect.concerns.schema.media import MESSAGE, hides_media

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(64))
HEADS = {
    "png": PNG,
    "jpeg": JPEG,
    "jpeg of a telephone": b"\xff\xd8\xff\xe1\x1c\x45Exif\x00\x00" + bytes(range(64)),
    "bare jpeg": b"\xff\xd8\xff\xdb\x00\x43" + bytes(range(64)),
    "gif": b"GIF89a" + bytes(range(64)),
    "old gif": b"GIF87a" + bytes(range(64)),
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(range(64)),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(64)),
    "avi": b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(range(64)),
    "bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28" + bytes(range(64)),
    "tiff": b"II*\x00" + bytes(range(64)),
    "big tiff": b"MM\x00*" + bytes(range(64)),
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(range(64)),
    "avif": b"\x00\x00\x00\x1cftypavif" + bytes(range(64)),
    "mp4": b"\x00\x00\x00\x20ftypisom" + bytes(range(64)),
    "mov": b"\x00\x00\x00\x14ftypqt  " + bytes(range(64)),
    "webm": b"\x1aE\xdf\xa3" + bytes(range(64)),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "svg with a prologue": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "ico": b"\x00\x00\x01\x00\x01\x00" + bytes(range(64)),
    "mp3": b"ID3\x03\x00" + bytes(range(64)),
    "ogg": b"OggS\x00" + bytes(range(64)),
    "pdf": b"%PDF-1.7\n" + bytes(range(64)),
    "docx": b"PK\x03\x04" + bytes(range(64)),
    "data uri": b"data:image/png;base64,iVBORw0KGgoAAAA",
}
URI = "data:image/png;base64," + base64.b64encode(PNG).decode()


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
class TestAFile:
    def test_is_seen_in_base64(self, head):
        assert hides_media("Voici : " + base64.b64encode(head).decode() + " fin.")

    def test_is_seen_in_base64_for_addresses(self, head):
        assert hides_media("Voici : " + base64.urlsafe_b64encode(head).decode())

    def test_is_seen_in_base64_cut_into_lines(self, head):
        text = base64.b64encode(head).decode()
        assert hides_media("\n".join(text[i : i + 8] for i in range(0, len(text), 8)))

    def test_is_seen_in_hexadecimal(self, head):
        assert hides_media("Octets : " + head.hex())
        assert hides_media("Octets : " + head.hex(" ").upper())
        assert hides_media("Octets : " + ", ".join(f"0x{byte:02x}" for byte in head))
        assert hides_media("Octets : " + head.hex(":"))

    def test_is_seen_among_backslashes(self, head):
        assert hides_media("".join(f"\\x{byte:02x}" for byte in head))


@pytest.mark.parametrize(
    "text",
    [
        URI,
        URI.upper(),
        "DaTa:ImAgE/JpEg;BaSe64,/9j/4AAQ",
        "Regardez data : image / png ; base64 , iVBORw0KGgo",
        "d a t a : i m a g e / p n g ; b a s e 6 4 , i V B O R w 0 K G g o",
        "data:\nimage/\r\ngif;\nbase64,R0lGODlhAQABAIAAAAAAAP",
        "da\u200bta:ima\u00adge/png;base64,iVBORw0KGgo",
        "da\ufeffta\u2060:image/png,abc",
        quote(URI, safe=""),
        quote(quote(URI, safe=""), safe=""),
        "".join(f"%{ord(c):02x}" for c in "data:image/png;base64,iVBORw0KGgo"),
        "".join(f"&#{ord(c)};" for c in "data:image/png;base64,iVBORw0KGgo"),
        "".join(f"&#x{ord(c):x};" for c in "data:image/png;base64,iVBORw0KGgo"),
        "".join(f"&#{ord(c)}" for c in "data:image/png;base64,iVBORw0KGgo"),
        "data&colon;image&sol;png&semi;base64&comma;iVBORw0KGgo",
        "&amp;#100;ata:image/png;base64,iVBORw0KGgo",
        "\\u0064ata:image/png;base64,iVBORw0KGgo",
        "\\u{64}\\x61ta:image/png;base64,iVBORw0KGgo",
        "ｄａｔａ：ｉｍａｇｅ／ｐｎｇ；ｂａｓｅ６４，iVBORw0KGgo",
        "𝐝𝐚𝐭𝐚:image/png;base64,iVBORw0KGgo",
        "data:image/svg+xml;utf8,<svg/>",
        "data:image/svg+xml,%3Csvg%20xmlns%3D",
        "data:video/mp4;base64,AAAA",
        "data:audio/ogg;base64,T2dn",
        "data:;base64,iVBORw0KGgo",
        "data:application/octet-stream;base64,iVBORw0KGgo",
        "data:image/png",
        "image/jpeg;base64,/9j/4AAQSkZJRg",
        '<img src="data:image/png;base64,iVBORw0KGgo">',
        "url('data:image/webp;base64,UklGR')",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "< SVG onload=x>",
        "&lt;svg&gt;",
        "https://exemple.fr/?i=" + quote(URI, safe=""),
        "%89PNG%0D%0A%1A%0A%00%00%00%0DIHDR",
    ],
)
def test_a_hidden_file_is_refused(text):
    assert hides_media(text)


@pytest.mark.parametrize("wrap", [0, 76])
def test_a_long_coded_block_without_a_known_head_is_refused(wrap):
    block = base64.b64encode(b"".join(sha256(bytes([i])).digest() for i in range(12))).decode()
    lines = [block[i : i + wrap] for i in range(0, len(block), wrap)] if wrap else [block]
    assert hides_media("Pièce jointe :\n" + "\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "Les données (data) : images et vidéos vues par l'élève sur son téléphone, rien de plus.",
        "Annonce à l'adresse https://annonces.exemple/a/9j/photo.jpg?data=image&x=1",
        "https://exemple.fr/chemin/" + "a1B2c3D4e5" * 60,
        "https://fr.wikipedia.org/wiki/%C3%89ducation_nationale#Voir_aussi",
        "Il a envoyé photo.png, image/jpeg et video.mp4 (non reçus, non ouverts).",
        "Numéros : 06 39 98 49 44, 06 39 98 33 00, 07 00 11 49 44, 01 99 00 33 49 44 33 01 02 03",
        "4749463839610102030405060708091011121314151617181920212223242526",
        "x" * 20_000,
        "A" * 20_000,
        "é" * 20_000,
        "abc123 " * 2_000,
        "-" * 300 + "=" * 300,
        "Ticket BM-Qk-RIFF II* 42, dossier PK03, PDF reçu, GIF ou SVG, je ne sais pas.",
        "5 < 6 & 7 > 3 ; 100 % ; &amp; ; %zz ; \\u00 ; \\x",
        "Dossier 550e8400-e29b-41d4-a716-446655440000",
        "Empreinte e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ],
)
def test_plain_words_numbers_and_addresses_are_accepted(text):
    assert not hides_media(text)


def test_the_message_says_what_to_do():
    assert errors_of(concern(facts=f"Vu : {URI}")) == {"facts": [MESSAGE]}
    assert "adresse (URL)" in MESSAGE
    assert "PHAROS" in MESSAGE


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("external_ref", "external_ref"),
        ("author__contact", "author.contact"),
        ("minor__school", "minor.school"),
        ("parents_informed__reason", "parents_informed.reason"),
        ("holders__0__name", "holders.0.name"),
        ("other_minors__0__tie", "other_minors.0.tie"),
        ("commune", "commune"),
        ("photo", "photo"),
        ("minor__sex", "minor.sex"),
    ],
)
def test_a_file_is_refused_wherever_it_hides(path, field):
    assert MESSAGE in errors_of(concern(**{path: URI}))[field]


def test_a_file_is_refused_deep_in_an_unknown_field_and_in_a_name_of_field():
    assert MESSAGE in errors_of(concern(extra={"a": [{"b": URI}]}))["extra.a.0.b"]
    spoiled = concern() | {URI: 1}
    assert any(MESSAGE in told for told in errors_of(spoiled).values())


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "M", "P", "S", "Zs"]), max_size=400))
def test_no_text_breaks_the_search(text):
    assert hides_media(text) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Qk" * 50_000,
        "data:" * 20_000,
        "/9j/" * 25_000,
        "%25" * 33_000,
        "&amp;" * 20_000,
        "<" * 100_000,
        "e\u0301" * 50_000,
        "\u0301" * 100_000,
        "424d" * 25_000,
        "a" * 39 + "\n" * 99_000,
        ("a" * 40 + "\n") * 2_400,
    ],
    ids=range(11),
)
def test_the_search_stays_quick_on_hostile_texts(text):
    start = time.process_time()
    hides_media(text)
    assert time.process_time() - start < 1.5
