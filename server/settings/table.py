"""Declares the settings. Each field is a row: its name, its default, and the help for an operator."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from zoneinfo import available_timezones

from server.settings.brand import COLOR
from server.settings.rows import address, one_of, row, whole_number

LOGOS = {  # the ends of a logo's name, with their media types
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


@dataclasses.dataclass(frozen=True)
class Stream:
    """The settings of one kind of mail; streams share nothing, so that trouble of one does not spread to another."""

    from_name: str = row("", "name shown as the sender; empty: sender_name")
    from_address: str = row("hello@acto.localhost", "address the mail comes from", "name@domain", lambda v: "@" in v)
    smtp_url: str = row(
        "smtp://127.0.0.1:1025",
        "mail server: smtp://host:port, smtp+starttls://user:password@host:587 or smtps://…",
        *address("smtp", "smtp+starttls", "smtps"),
        secret=True,
    )
    dkim_domain: str = row("", "domain that signs (d=); empty: mail is sent unsigned")
    dkim_selector: str = row("acto", "selector of the DKIM key (s=)")
    dkim_key_file: str = row("", "private key for DKIM, a PEM file")
    amp_registered: str = row(
        "no", "whether Gmail or Yahoo has registered from_address for AMP mail", *one_of("no", "yes")
    )
    gmail_registered: str = row(
        "no", "whether Google has registered from_address for Gmail actions", *one_of("no", "yes")
    )
    outlook_originator: str = row("", "provider id for Outlook's cards, from Microsoft's dashboard; empty: no cards")
    outlook_key_file: str = row("", "private RSA key that signs the cards, a PEM file; empty: cards are sent unsigned")
    pace_per_second: int = row(0, "maximum number of messages per second; 0: no limit", *whole_number(0, 100_000))


STREAMS = {
    "marketing": Stream(from_address="news@acto.localhost"),
    "transactional": Stream(from_address="notices@acto.localhost"),
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """Everything an operator can set. `origins` says where each value came from, for `describe`."""

    database: str = row(
        "data/acto.db",
        "a file for SQLite, or postgresql://user:password@host/name",
        *address("postgresql", "postgres", path=True),
        secret=True,
    )
    data_dir: str = row("data", "folder for the files that Acto writes beside the database")
    templates_dir: str = row("templates/emails", "folder of the email templates")
    base_url: str = row(
        "http://127.0.0.1:8000",
        "address at which recipients reach this server; the links in emails begin with it; https in production",
        *address("http", "https"),
    )
    host: str = row("127.0.0.1", "address the web server listens on")
    port: int = row(8000, "port the web server listens on", *whole_number(1, 65_535))
    proxies: int = row(
        0,
        "number of proxies in front of this server; Acto trusts that many entries of X-Forwarded-For and -Proto",
        *whole_number(0, 10),
    )
    threads: int = row(64, "requests served at once by a web process", *whole_number(1, 1024))
    workers: int = row(1, "web processes; more than 1 needs PostgreSQL to gain anything", *whole_number(1, 256))
    message_requests: int = row(
        240,
        "requests per minute for one message from one network, above which the answer is 429; 0: no limit",
        *whole_number(0, 1_000_000),
    )
    keys_file: str = row(
        "data/keys", "file of the keys that sign the links, one per line, oldest first; created on first use"
    )
    request_log: str = row(
        "yes",
        "yes: the web server writes one line per request to standard error: time, method, route, status, milliseconds",
        *one_of("no", "yes"),
    )
    second_step: str = row(
        "own",
        "accounts that must sign in with a code in addition to the password; own: each person decides",
        *one_of("own", "admins", "everyone"),
    )
    sender_name: str = row(
        "Acto", "name of the sender in emails and on recipient pages, while no brand was saved on the page Brand"
    )
    brand_color: str = row(
        "",
        "colour of the sender on recipient pages and in notices, such as #0f6b5f; text on it stays readable; empty: Acto's green; "
        "counts while no brand was saved",
        "a colour as #0f6b5f, or empty",
        lambda v: not v or bool(COLOR.fullmatch(v)),
    )
    logo_file: str = row(
        "",
        "logo of the sender, a PNG, JPEG, GIF, WebP or SVG file of up to 200 kB; this server serves it; empty: the name alone; "
        "counts while no brand was saved, and not in emails",
        f"a file whose name ends in {', '.join(LOGOS)}, or empty",
        lambda v: not v or v.lower().endswith(tuple(LOGOS)),
    )
    contact_address: str = row(
        "",
        "contact address shown on recipient pages and in notices; empty: from_address of the stream transactional; "
        "counts while no brand was saved",
        "name@domain, or empty",
        lambda v: not v or "@" in v,
    )
    postal_address: str = row(
        "", "postal address of the sender, without which marketing mail is not sent; counts while no brand was saved"
    )
    default_country: str = row(
        "CO",
        "country of contacts without one, whose law sets the hours for advertising: a code of two letters (ISO 3166-1)",
        "two capital letters, such as CO",
        lambda v: len(v) == 2 and v.isascii() and v.isalpha() and v.isupper(),
    )
    default_time_zone: str = row(
        "America/Bogota",
        "time zone of contacts without one and without a country, such as America/Bogota",
        "the name of a time zone, such as America/Bogota",
        lambda v: v in available_timezones(),
    )
    currency: str = row(
        "COP",
        "currency of the amounts of won leads, such as COP (ISO 4217)",
        "three capital letters, such as COP",
        lambda v: len(v) == 3 and v.isascii() and v.isalpha() and v.isupper(),
    )
    marketing_hours: str = row(
        "law",
        "hours in which marketing leaves: law: as the recipient's country allows (Colombia: Ley 2300 de 2023); any: no limit",
        *one_of("law", "any"),
    )
    marketing_per_day: int = row(
        2, "marketing emails that one person gets in any 24 hours, at most; 0: no limit", *whole_number(0, 1000)
    )
    marketing_per_week: int = row(
        5, "marketing emails that one person gets in any 7 days, at most; 0: no limit", *whole_number(0, 1000)
    )
    young_per_second: int = row(
        10,
        "messages per second of a stream without a pace in the first 30 days of sending, except transactional; 0: no limit",
        *whole_number(0, 100_000),
    )
    usual_per_second: int = row(
        100,
        "messages per second of a stream without a pace after that, except transactional, which keeps answers quick; 0: no limit",
        *whole_number(0, 100_000),
    )
    undo_seconds: int = row(
        60, "seconds in which a campaign can be taken back before its first message leaves", *whole_number(0, 3600)
    )
    approval_above: int = row(
        1000,
        "recipients above which a second person must approve a campaign; 0: never",
        *whole_number(0, 100_000_000),
    )
    message_id_domain: str = row("", "domain of the Message-ID; empty: the host of base_url")
    reply_domain: str = row("", "domain whose mail reaches `acto inbound`; empty: no answers by mail")
    gmail_audience: str = row(
        "",
        "https://our-domain as registered for Gmail's bearer tokens; empty: tokens are not verified, and answers wait",
    )
    gmail_jwks_url: str = row(
        "https://www.googleapis.com/oauth2/v3/certs",
        "address where Google publishes its keys",
        *address("https", "http"),
    )
    outlook_audience: str = row(
        "", "audience of Outlook's Entra ID tokens; empty: tokens are not verified, and answers wait"
    )
    outlook_issuer: str = row("https://sts.windows.net/", "issuer of Outlook's Entra ID tokens")
    outlook_jwks_url: str = row(
        "https://login.microsoftonline.com/common/discovery/v2.0/keys",
        "address where Microsoft publishes its keys",
        *address("https", "http"),
    )
    hold_seconds: int = row(
        300, "seconds that an answer without a pressed button waits before it counts", *whole_number(0, 86_400)
    )
    patience_seconds: int = row(
        30,
        "seconds that a pressed answer waits before it counts, from the first opened page; 0: no wait",
        *whole_number(0, 600),
    )
    patience_within_seconds: int = row(
        86_400, "seconds after sending in which pressed answers wait", *whole_number(0, 2_592_000)
    )
    evidence_strict: str = row(
        "no",
        "yes: an answer without a pressed button stays undecided until a team member decides",
        *one_of("no", "yes"),
    )
    evidence_crowd: int = row(
        10,
        "number of unrelated companies whose mail one network opens before this counts as a sign of a machine",
        *whole_number(2, 1000),
    )
    evidence_crowd_seconds: int = row(300, "seconds within which evidence_crowd is counted", *whole_number(1, 3600))
    evidence_early_seconds: int = row(
        300, "seconds after sending in which scanners are likely", *whole_number(0, 86_400)
    )
    lease_seconds: int = row(60, "seconds that a worker owns a claimed message", *whole_number(5, 3600))
    connections: int = row(4, "SMTP connections of the worker, per stream", *whole_number(1, 64))
    flows_dir: str = row("flows", "folder of the flow files, for `acto flows`")
    webhook_connections: int = row(8, "webhooks called at once by a worker, one call each", *whole_number(1, 256))
    webhook_private_hosts: str = row(
        "", "hosts inside your network that webhooks may call, also without https; separated by spaces"
    )
    group_commit_max: int = row(256, "writes that may share one commit on SQLite", *whole_number(1, 4096))
    streams: Mapping[str, Stream] = dataclasses.field(default_factory=lambda: dict(STREAMS), repr=False)
    origins: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False, compare=False)
