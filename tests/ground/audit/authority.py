"""A time-stamping authority of the tests (RFC 3161): tokens really signed, in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client._rust import parse_timestamp_request

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA = "1.2.840.113549.1.1.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47"
POLICY = "1.3.6.1.4.1.99999.1"

_numbers = count(1)


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*parts: bytes) -> bytes:
    return der(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    return der(0x31, *sorted(parts))


def integer(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(value: bytes) -> bytes:
    return der(0x04, value)


def oid(dotted: str) -> bytes:
    first, second, *others = (int(part) for part in dotted.split("."))
    body = bytes([first * 40 + second])
    for part in others:
        digits = [part & 0x7F]
        while part := part >> 7:
            digits.append(0x80 | (part & 0x7F))
        body += bytes(reversed(digits))
    return der(0x06, body)


def algorithm(dotted: str) -> bytes:
    return sequence(oid(dotted), der(0x05))


def attribute(kind: str, value: bytes) -> bytes:
    return sequence(oid(kind), set_of(value))


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


@dataclass(frozen=True)
class Authority:
    """Stamps what it is given; ``root`` is the certificate to trust."""

    root: x509.Certificate
    leaf: x509.Certificate
    key: rsa.RSAPrivateKey = field(repr=False)

    def stamp(self, root: bytes) -> bytes:
        return self.respond(sha256(root).digest(), nonce=None, at=datetime.now(tz=UTC))

    def answer(self, question: bytes) -> bytes:
        asked = parse_timestamp_request(question)
        return self.respond(
            asked.message_imprint.message, nonce=asked.nonce, at=datetime.now(tz=UTC)
        )

    def respond(self, imprint: bytes, *, nonce: int | None, at: datetime) -> bytes:
        info = sequence(
            integer(1),
            oid(POLICY),
            sequence(algorithm(SHA256), octets(imprint)),
            integer(next(_numbers)),
            der(0x18, f"{at:%Y%m%d%H%M%SZ}".encode()),
            *([integer(nonce)] if nonce is not None else []),
        )
        leaf = self.leaf.public_bytes(Encoding.DER)
        attributes = (
            attribute(CONTENT_TYPE, oid(TST_INFO)),
            attribute(MESSAGE_DIGEST, octets(sha256(info).digest())),
            attribute(
                SIGNING_CERTIFICATE_2, sequence(sequence(sequence(octets(sha256(leaf).digest()))))
            ),
        )
        signature = self.key.sign(set_of(*attributes), padding.PKCS1v15(), hashes.SHA256())
        signer = sequence(
            integer(1),
            sequence(self.leaf.issuer.public_bytes(), integer(self.leaf.serial_number)),
            algorithm(SHA256),
            der(0xA0, *sorted(attributes)),
            algorithm(RSA),
            octets(signature),
        )
        signed = sequence(
            integer(3),
            set_of(algorithm(SHA256)),
            sequence(oid(TST_INFO), der(0xA0, octets(info))),
            der(0xA0, *sorted((leaf, self.root.public_bytes(Encoding.DER)))),
            set_of(signer),
        )
        token = sequence(oid(SIGNED_DATA), der(0xA0, signed))
        return sequence(sequence(integer(0)), token)


@cache
def authority(label: str = "Horodatage inventé") -> Authority:
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root_name = name(f"{label}, racine")
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    leaf = _certificate(name(label), root_name, key, root_key, authority=False)
    return Authority(root=root, leaf=leaf, key=key)


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    signed_by: rsa.RSAPrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    moment = datetime.now(tz=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()),
            critical=False,
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if not authority:
        stamping = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return builder.sign(signed_by, hashes.SHA256())
