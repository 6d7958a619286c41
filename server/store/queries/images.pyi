"""What images.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ImagesRow(TypedDict):
    id: str
    kind: str
    width: int
    height: int
    size: int
    name: str
    alt_es: str
    alt_en: str
    content: str
    kept_since: int | None
    by_whom: str
    created_at: int

class ImagesByIdRow(TypedDict):
    id: str
    kind: str
    width: int
    height: int
    size: int
    name: str
    alt_es: str
    alt_en: str
    kept_since: int | None
    by_whom: str
    created_at: int

class ImagesContentRow(TypedDict):
    id: str
    kind: str
    width: int
    height: int
    alt_es: str
    alt_en: str
    content: str

class ImagesInDraftsRow(TypedDict):
    name: str
    files: str

class VersionImagesRow(TypedDict):
    image_id: str
    name: str

class Images:
    def add(
        self,
        *,
        id: str,
        kind: str,
        width: int,
        height: int,
        size: int,
        name: str,
        alt_es: str,
        alt_en: str,
        content: str,
        by_whom: str,
        now: int,
    ) -> int: ...
    def add_to_version(self, *, image_id: str, name: str) -> int: ...
    def by_id(self, *, id: str) -> ImagesByIdRow | None: ...
    def content(self, *, id: str) -> ImagesContentRow | None: ...
    def describe(self, *, alt_es: str, alt_en: str, id: str) -> int: ...
    def in_drafts(self) -> list[ImagesInDraftsRow]: ...
    def in_versions(self) -> list[VersionImagesRow]: ...
    def keep(self, *, now: int, id: str) -> int: ...
    def listed(self, *, before_at: int, before_id: str, limit: int) -> list[ImagesByIdRow]: ...
    def remove(self, *, id: str) -> int: ...
