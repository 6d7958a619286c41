"""What push_devices.sql takes and returns. Written by `make golden`."""

from typing import TypedDict, Unpack

class PushDevicesRow(TypedDict):
    id: str
    user_id: str
    endpoint: str
    p256dh: str
    auth: str
    name: str
    reason: str
    sent_at: int
    created_at: int

class PushDevicesPutValues(TypedDict):
    id: str
    user_id: str
    endpoint: str
    p256dh: str
    auth: str
    name: str
    now: int

class PushDevices:
    def by_id(self, *, id: str) -> PushDevicesRow | None: ...
    def delivered(self, *, reason: str, sent_at: int | None, id: str) -> int: ...
    def of_user(self, *, user_id: str) -> list[PushDevicesRow]: ...
    def put(self, **row: Unpack[PushDevicesPutValues]) -> int: ...
    def remove(self, *, user_id: str, id: str) -> int: ...
