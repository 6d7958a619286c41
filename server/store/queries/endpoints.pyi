"""What endpoints.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class EndpointsRow(TypedDict):
    name: str
    url: str
    shape: str
    header: str
    secret: str
    old_secret: str
    old_until: int
    active: int
    reason: str
    created_at: int
    language: str

class Endpoints:
    def add(self, *, name: str, url: str, shape: str, header: str, secret: str, language: str, now: int) -> int: ...
    def all(self) -> list[EndpointsRow]: ...
    def by_name(self, *, name: str) -> EndpointsRow | None: ...
    def change(self, *, url: str, shape: str, header: str, language: str, name: str) -> int: ...
    def remove(self, *, name: str) -> int: ...
    def rotate(self, *, old_until: int, secret: str, name: str) -> int: ...
    def switch(self, *, active: int, reason: str, name: str) -> int: ...
