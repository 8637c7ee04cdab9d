"""
What is hashed of a trace, byte for byte.

A link is SHA-256 over five lines joined by a line feed, in UTF-8: the version, the chain, the
position, the former link in hexadecimal, the content. The content is PostgreSQL's ``jsonb`` text
of an array of every column, in the order of ``COLUMNS``. A column added to the table asks for a
new version: a test compares the two.
"""

from __future__ import annotations

from hashlib import sha256

VERSION = b"fanal-trace-1"
BEGINNING = bytes(32)
COLUMNS = {
    "id": "t.id",
    "at": """to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "agent_id": "t.agent_id",
    "organisation_id": "t.organisation_id",
    "deed": "t.deed",
    "outcome": "t.outcome",
    "subject_kind": "t.subject_kind",
    "subject_ref": "t.subject_ref",
    "case_file_ref": "t.case_file_ref",
    "authority_code": "t.authority_code",
    "detail": "t.detail",
    "seq": "t.seq",
    "xid": "t.xid::text",
}
# Sent with each question, never kept in the database: a function there could be replaced.
CONTENT = f"jsonb_build_array({', '.join(COLUMNS.values())})::text"

# The same digest as ``link_digest``, made by PostgreSQL's own ``sha256``.
DIGEST = f"""
sha256(convert_to(
    '{VERSION.decode()}' || E'\\n' || l.chain || E'\\n' || l.position || E'\\n'
    || encode(l.previous, 'hex') || E'\\n' || {CONTENT}, 'UTF8'))
"""


def link_digest(*, chain: str, position: int, previous: bytes, content: bytes) -> bytes:
    return sha256(
        b"\n".join((VERSION, chain.encode(), b"%d" % position, previous.hex().encode(), content))
    ).digest()
