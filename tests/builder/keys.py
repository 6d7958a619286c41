"""Throw-away DKIM keys, made when the tests run."""

from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

# 512 bits, which no verifier takes any more; `cryptography` makes none this small
SMALL = b"""-----BEGIN RSA PRIVATE KEY-----
MIIBPQIBAAJBAOOl2dKDaaJ7PCn+2XavVh/JZ8OE2zPXglNMM+nhEBvwmhcJsGC/
kZRcydRm1gs9Ufz2q8qHSEhY3RTCxqndqqsCAwEAAQJBAKzWmSDpwWQpqK5B3h3s
VblgkzWxQzSDJWHU831Y8YAjqCugFWEc/MX1SPymHpM4Vj65WtErnfhad7JRY+qs
o1ECIQD6IeWrQ09sUarqWd4FY20AEei9o8dzJUNh1/k9mdDRvwIhAOj87cRYRfU7
r+m86IOjxoQ9elCsbAQpXmUJzlRJNQoVAiEAtx6X0IDvpWJImVb/Zrx6cSGrXSKJ
AvBV20zNCF8SdGsCIQCZ8AuU8BIA7tfS4qrp1zrhwtDfHp0bvs2MiocV72yo5QIh
ALqbt4wAVWCJUXDvkzdhdKhiKxe/6PkaS/vDSH8Vc96G
-----END RSA PRIVATE KEY-----
"""


@cache
def private(bits: int) -> bytes:
    """A PEM RSA key of this size."""
    key = rsa.generate_private_key(65_537, bits)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@cache
def record(private_key: bytes) -> bytes:
    """What the DNS says of the key: the TXT record a verifier asks for."""
    key = serialization.load_pem_private_key(private_key, None)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
