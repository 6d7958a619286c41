"""What brands.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class BrandsRow(TypedDict):
    id: str
    name: str
    logo: str
    color: str
    font: str
    address: str
    contact: str
    social: str
    footer_es: str
    footer_en: str
    by_whom: str
    created_at: int

class BrandsLogosRow(TypedDict):
    logo: str

class Brands:
    def add(
        self,
        *,
        id: str,
        name: str,
        logo: str,
        color: str,
        font: str,
        address: str,
        contact: str,
        social: str,
        footer_es: str,
        footer_en: str,
        by_whom: str,
        now: int,
    ) -> int: ...
    def history(self, *, limit: int) -> list[BrandsRow]: ...
    def logos(self) -> list[BrandsLogosRow]: ...
    def newest(self) -> BrandsRow | None: ...
