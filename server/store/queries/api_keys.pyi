"""What api_keys.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ApiKeysRow(TypedDict):
    id: str
    name: str
    prefix: str
    hash: str
    scopes: str
    created_by: str
    created_at: int
    expires_at: int | None
    last_used_at: int
    revoked_at: int | None

class ApiKeys:
    def add(
        self,
        *,
        id: str,
        name: str,
        prefix: str,
        hash: str,
        scopes: str,
        created_by: str,
        created_at: int,
        expires_at: int | None,
    ) -> int: ...
    def by_hash(self, *, hash: str) -> ApiKeysRow | None: ...
    def by_id(self, *, id: str) -> ApiKeysRow | None: ...
    def newest(self) -> list[ApiKeysRow]: ...
    def revoke(self, *, now: int, id: str) -> int: ...
    def used(self, *, at: int, id: str, before_at: int) -> int: ...
