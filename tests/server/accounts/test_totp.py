"""The second step: the codes of RFC 6238, each once; and codes for a lost phone."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyotp

from server.accounts import totp, users
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

LUCIA = "lucia@clinica.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30_000


def lucia(store: Store) -> UsersRow:
    with store.read() as tx:
        found = users.by_email(tx, LUCIA)
    assert found
    return found


def code(at: int) -> str:
    return pyotp.TOTP(SECRET).at(at // 1000)


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238 appendix B, cut to six digits: 287082 at 59 s, 081804 at 1111111109 s."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert totp.step_of(secret, "287082", 59_000) == 1
    assert totp.step_of(secret, "081 804", 1_111_111_109_000) == 37_037_036
    assert totp.step_of(secret, "287083", 59_000) is None
    assert totp.step_of(secret, "٢٨٧٠٨٢", 59_000) is None
    assert re.fullmatch(r"[A-Z2-7]{32}", totp.new_secret()), "160 bits"


def test_a_code_works_once_and_a_minute_at_most(store: Store, now: int) -> None:
    users.add_or_reset(store, LUCIA, "tres barcos y un faro", now)
    assert totp.switch_on(store, lucia(store), SECRET, "000000", now) is None
    assert totp.switch_on(store, lucia(store), SECRET, code(now), now)
    user = lucia(store)
    assert not totp.check(store, user, code(now), now), "it was used to switch it on"
    later = now + 2 * STEP
    with ThreadPoolExecutor(4) as pool:
        tries = list(pool.map(lambda _: totp.check(store, user, code(later), later), range(4)))
    assert tries.count(True) == 1
    assert not totp.check(store, user, code(later - STEP), later), "an earlier one is used up with it"
    assert totp.check(store, user, code(later + STEP), later), "a phone may be half a minute ahead"
    assert not totp.check(store, user, code(later + 6 * STEP), later)


def test_a_recovery_code_works_once_and_is_not_kept_as_it_is(store: Store, now: int) -> None:
    users.add_or_reset(store, LUCIA, "tres barcos y un faro", now)
    codes = totp.switch_on(store, lucia(store), SECRET, code(now), now)
    assert codes
    assert len(set(codes)) == totp.RECOVERY_CODES
    user = lucia(store)
    assert totp.check(store, user, f" {codes[0].upper()} ", now)
    assert not totp.check(store, user, codes[0], now)
    assert not totp.check(store, user, "", now)
    with store.read() as tx:
        assert tx.users.codes_left(user_id=user["id"]) == totp.RECOVERY_CODES - 1
    totp.switch_off(store, LUCIA, user, now)
    assert not totp.check(store, lucia(store), codes[1], now)
