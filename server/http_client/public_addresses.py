"""Decides whether an IP address is public or belongs to a private network. Pure.

It prevents server-side request forgery: a caller of Acto must not reach this machine, its network or the cloud's metadata through
it. Addresses that carry another one inside (IPv4-mapped, NAT64, 6to4, Teredo) are always refused.
"""

from __future__ import annotations

import ipaddress

CARRIERS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::ffff:0:0/96",  # IPv4-mapped, RFC 4291
        "::/96",  # IPv4-compatible, given up by RFC 4291
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # NAT64 inside one network, RFC 8215
        "2002::/16",  # 6to4, RFC 3056
        "2001::/32",  # Teredo, RFC 4380
        "fec0::/10",  # site-local, given up by RFC 3879
        "5f00::/16",  # segment routing, RFC 9602
        "3fff::/20",  # documentation, RFC 9637: older Pythons take it for public
    )
)
OTHERS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "240.0.0.0/4",  # reserved
    )
)


def is_public(address: str) -> bool:
    """Return whether an IP address, given as text, is public. False for text that is no address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.is_multicast or ip.is_unspecified or ip.is_reserved or not ip.is_global:
        return False
    return not any(ip.version == network.version and ip in network for network in (*CARRIERS, *OTHERS))
