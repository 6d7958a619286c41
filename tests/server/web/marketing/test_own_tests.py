"""An email to oneself: from a campaign and from the page of an email, marked, with one's own name, and counted nowhere."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from typing import Any

from server import jsontext
from server.booking import availability
from server.sending.compose import composer
from server.store import Session
from tests.server import apps
from tests.server.web.marketing.test_campaigns import planned, post
from tests.server.world import World


def test_a_test_goes_to_oneself_at_any_hour_with_a_code_for_the_phone(world: World) -> None:
    public = replace(world.settings, base_url="https://acto.example.com")
    mara = replace(world, settings=public, app=apps.over(public, world.store)).member("marketer")
    campaign = planned(world, mara)
    done = post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/test")
    assert "<svg" in mara.get(done.location).text
    sent = message_of(world, done.location)
    with world.store.read() as tx:
        everybody = tx.contacts.count()
    assert (sent["purpose"], sent["state"]) == ("test", "queued")
    assert everybody == 2, "the address of the test is no contact"
    preparation = mara.get(f"/campaigns/{campaign}/preparation?part=people").text
    assert re.findall(r"<dt><a[^>]*>([^<]+)</a></dt><dd>([^<]+)</dd>", preparation) == [("lo reciben de una vez", "2")]
    outbox_page = world.member("admin").get("/outbox").text
    assert 'marketer@example.com <span class="note">Prueba</span>' in outbox_page


def test_a_test_shows_no_code_that_a_phone_could_not_open(world: World, mara: Any) -> None:
    campaign = planned(world, mara)
    done = post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/test")
    page = mara.get(done.location).text
    assert "<svg" not in page and "solo funciona en este computador" in page


def test_a_test_of_an_email_is_marked_and_carries_the_name_of_its_reader(world: World, mara: Any) -> None:
    post(mara, "/emails/diagnosis", "/emails/diagnosis/copy")
    world.store.write(lambda tx: rename(tx, "marketer@example.com", "Mara Ruiz"))
    done = post(mara, "/emails/diagnosis-2", "/emails/diagnosis-2/test", revision="1")
    message = message_of(world, done.location)
    compose = composer(world.store, world.settings, world.keyring, availability.write_down)
    with world.store.read() as tx:
        (tester,) = tx.gate.testers(ids=jsontext.dumps([message["contact_id"]]))
    wire = email.message_from_bytes(compose(message, tester, [], world.now).data, policy=email.policy.default)
    assert wire["subject"].startswith("[Prueba] ")
    assert "Mara" in wire.get_body(("plain",)).get_content() or "Mara" in wire["subject"]
    assert wire["to"].addresses[0].display_name == "Mara Ruiz"


def rename(tx: Session, address: str, name: str) -> None:
    user = tx.users.by_email(email=address)
    tx.users.set_profile(id=user["id"], name=name, language="es", time_zone="America/Bogota")


def message_of(world: World, location: str) -> Any:
    contact, message = location.split("?")[0].split("/")[-2:]
    with world.store.read() as tx:
        return tx.messages.by_id(contact_id=contact, id=message)
