"""An email that reads the brand is queued with the brand of that moment, which a later brand does not change."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest

from builder import brand as in_templates
from builder.source import digest
from server import email_versions
from server.booking import availability
from server.branding import brand_form, images
from server.emails import drafts, homes
from server.emails.drafts import Titles
from server.emails.folders import pull
from server.sending import compose, send
from server.store import Session
from tests.builder.emails import files
from tests.server.branding import drawings
from tests.server.branding.fields import FIELDS
from tests.server.emails.test_drafts import FILES
from tests.server.world import World

BY = "lucia@example.com"
SHOWS = (
    '<mj-section>{% if brand.logo.url %}<mj-column><mj-image src="{{ brand.logo.url }}" width="{{ brand.logo.width }}px" alt="" />'
    '<mj-divider border-color="{{ brand.color }}" /><mj-text>{{ brand.name }}</mj-text></mj-column>{% endif %}</mj-section></mj-body>'
)
READING = {path: text.replace("</mj-body>", SHOWS) for path, text in FILES.items()}


@pytest.fixture
def mine(world: World) -> str:
    """A published email that reads the brand."""
    world.store.write(lambda tx: drafts.create(tx, "mine", Titles("Mío", "Mine"), "", READING, BY, 1))
    world.store.write(lambda tx: drafts.publish(tx, "mine", 1, BY, 2))
    return "mine"


def save(world: World, now: int, **changes: str) -> None:
    decoded = images.read(drawings.drawn(size=(600, 100)), "logo.png")

    def write(tx: Session) -> None:
        logo = images.add(tx, decoded, "logo.png", ("", ""), BY, now).image
        brand_form.save(tx, {**FIELDS, "logo": logo.id, **changes}, BY, now)

    world.store.write(write)


def sent_files(world: World, name: str) -> dict[str, str]:
    with world.store.read() as tx:
        return homes.find(tx, world.settings, name)


def written(world: World, message_id: str) -> EmailMessage:
    write = compose.composer(world.store, world.settings, world.keyring, availability.write_down)
    with world.store.read() as tx:
        row = tx.messages.by_id(contact_id=world.people["ana"]["id"], id=message_id)
        contact = tx.contacts.by_id(id=row["contact_id"])
    wire = write(row, contact, (), world.now)
    return email.message_from_bytes(wire.data, policy=email.policy.default)


def test_a_version_holds_the_brand_that_it_was_queued_with(world: World, mine: str) -> None:
    save(world, 10)
    first = send.check_files(world.settings, mine, sent_files(world, mine))
    assert send.queue(world.store, first, [world.people["ana"]], world.now, message_id=lambda row: "m" * 20) == 1
    save(world, 20, name="Sur", color="#cc5500")
    second = send.check_files(world.settings, mine, sent_files(world, mine))
    assert first.version != second.version

    message = written(world, "m" * 20)
    body = message.get_body(("html",)).get_content()
    assert "#7a1fa2" in body and "Norte Consultores" in body and "#cc5500" not in body
    assert str(message["From"]).startswith("Sur "), "the sender is who sends now"
    logo = world.visitor().get(body.partition(world.settings.base_url + "/i/")[2].partition('"')[0].join(("/i/", "")))
    assert logo.status_code == 200


def test_the_logo_of_a_version_is_kept_for_ever(world: World, mine: str) -> None:
    save(world, 10)
    source = send.check_files(world.settings, mine, sent_files(world, mine))
    world.store.write(lambda tx: email_versions.save(tx, source, 30))
    with world.store.read() as tx:
        [used] = images.uses(tx).values()
    assert (used.sent, used.is_logo) == (["mine"], True)


def test_an_email_that_does_not_read_the_brand_has_the_same_version_under_any(world: World, mine: str) -> None:
    world.store.write(lambda tx: drafts.create(tx, "plain", Titles("x", "x"), "", plain_files(), BY, 1))
    world.store.write(lambda tx: drafts.publish(tx, "plain", 1, BY, 2))
    save(world, 10)
    sent = sent_files(world, "plain")
    assert in_templates.FILE not in sent
    assert send.check_files(world.settings, "plain", sent).version == digest("plain", plain_files())


def plain_files() -> dict[str, str]:
    return drafts.renamed(files("<mj-text>Hola</mj-text>"), "try", "plain")


def test_the_brand_is_no_file_of_the_draft(world: World, mine: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    save(world, 10)
    folder = tmp_path_factory.mktemp("pulled")
    with world.store.read() as tx:
        assert in_templates.FILE not in drafts.read(tx, mine, 1)
        pull(tx, mine, folder)
    assert not list(folder.rglob(in_templates.FILE))
