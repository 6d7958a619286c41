"""Masks an email address for a page that anybody with its link can open."""


def masked(address: str) -> str:
    """Return an address as `a***@example.com`: its owner recognises it, and a stranger learns only the domain."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
