"""A certificate authority of our own, for mail servers that speak TLS in tests."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
PEM = serialization.Encoding.PEM


class Authority:
    """Its own certificate lies in `certificate`, where SSL_CERT_FILE may point."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key, self._name = (
            folder,
            ec.generate_private_key(ec.SECP256R1()),
            _name("Acto test authority"),
        )
        own = _certificate(self._name, self._name, self._key, self._key, x509.BasicConstraints(True, None))
        self.certificate = folder / "authority.pem"
        self.certificate.write_bytes(own.public_bytes(PEM))

    def server(self, address: str = "127.0.0.1") -> ssl.SSLContext:
        """The TLS context of a server with a certificate for this address."""
        key, path = ec.generate_private_key(ec.SECP256R1()), self._folder / f"{address}.pem"
        alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        certificate = _certificate(_name(address), self._name, key, self._key, alternative)
        secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(secret + certificate.public_bytes(PEM))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        return context


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: Key, signing: Key, extension: x509.ExtensionType
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(extension, critical=False)
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    return builder.sign(signing, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
