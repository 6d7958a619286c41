"""How an address is shown on a page that whoever holds its link can open."""


def masked(address: str) -> str:
    """`a***@example.com`: enough for its owner to know it, too little for anyone else."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
