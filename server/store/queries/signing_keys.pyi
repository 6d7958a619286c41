"""What signing_keys.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class SigningKeysRow(TypedDict):
    fingerprint: str
    retired_at: int | None

class SigningKeysNeededRow(TypedDict):
    fingerprint: str

class SigningKeys:
    def forget(self) -> int: ...
    def mail_has_left(self) -> int | None: ...
    def needed(self, *, since_at: int) -> list[SigningKeysNeededRow]: ...
    def remember(self, *, fingerprint: str, retired_at: int | None) -> int: ...
