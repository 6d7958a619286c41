"""Checks an email before it is sent to many: languages, size, formats, law, links, and how its stream authenticates mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, NamedTuple

from builder import emails, messages
from builder.catalog import EmailSource
from builder.eligibility import FormatVerdict
from builder.tokens import Keyring
from server.campaigns.forecast import Forecast
from server.emails import examples
from server.http_client.client import Door, NotCalled
from server.reasons import reason
from server.sending import compose, doctor, preview
from server.settings import Settings

Reasons = Callable[[FormatVerdict], Sequence[str]]
Says = Literal["right", "warning", "wrong", "unchecked", "off"]
CLIPPED_BYTES = 102 * 1024  # Gmail shows “message clipped” above it
LINKS_MOST, AT_ONCE = 30, 8
LINK = re.compile(r'<a\b[^>]*?\shref="(https?://[^"]+)"')
SENTENCES = {
    "languages": "It is written in every language of these people.",
    "no_language": "{number} of these people read {language}, and the email is not written in it: they get it in {other}.",
    "size": "The largest version is {size} kB; Gmail cuts off above 102 kB.",
    "too_large": "The version in {language} is {size} kB. Gmail cuts off above 102 kB: make it shorter.",
    "formats": "It leaves as: {formats}.",
    "no_format": "Without {format}: {why}.",
    "marketing": (
        "Marketing: it carries one-click unsubscribe and your postal address, and leaves only in the hours that the law of each "
        "person's country allows."
    ),
    "marketing_any": (
        "Marketing: it carries one-click unsubscribe and your postal address. It leaves at any hour, because this installation "
        "does not apply the hours of the law."
    ),
    "transactional": (
        "Transactional: for mail that the person expects. It ignores marketing opt-outs, hours and caps; do not use it for "
        "offers."
    ),
    "examples": "The email still carries words of the starter: {words}. Write yours.",
    "links": "{number} links answer.",
    "no_links": "It has no links to other sites.",
    "broken_link": "The link {url} does not answer ({why}). Correct it.",
    "unsure_link": "The link {url} could not be checked ({why}).",
    "no_country": (
        "{number} of these people have neither country nor time zone, so the law of {country} and {zone} count for "
        "them. Write a country in their contacts if it is another one."
    ),
}


class Check(NamedTuple):
    """One line of the list: `english` is a sentence with gaps that `values` fill. "off" is a format that does not leave."""

    says: Says
    english: str
    values: dict[str, object]


def of_email(
    settings: Settings, source: EmailSource, forecast: Forecast, names: Callable[[str], str], reasons: Reasons
) -> list[Check]:
    """Return what can be checked without the network.

    `names` gives the name of a format, language, country or time zone in the reader's language, `reasons` why a format does not
    leave.
    """
    return [
        *_examples(source),
        *_languages(source, forecast, names),
        *_sizes(settings, source, names),
        *_formats(settings, source, names, reasons),
        Check("right", SENTENCES[_class(settings, source)], {}),
        *_places(settings, forecast, names),
    ]


def _class(settings: Settings, source: EmailSource) -> str:
    return (
        "marketing_any" if (source.mail_class, settings.marketing_hours) == ("marketing", "any") else source.mail_class
    )


def of_stream(settings: Settings, source: EmailSource) -> list[Check]:
    """Ask the DNS how the stream authenticates its mail."""
    found = doctor.examine(settings, settings.streams[source.stream])
    return [Check(each.says, doctor.SENTENCES[each.name], dict(each.values)) for each in found]


def of_links(settings: Settings, source: EmailSource, door: Door) -> list[Check]:
    """Call each link to another site, a few at once."""
    urls = sorted({url for language in source.languages for url in _urls(settings, source, language)})[:LINKS_MOST]
    if not urls:
        return [Check("right", SENTENCES["no_links"], {})]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = [each for each in pool.map(lambda url: _link(door, url), urls) if each]
    good = len(urls) - len(found)
    return [*([Check("right", SENTENCES["links"], {"number": good})] if good else []), *found]


def _languages(source: EmailSource, forecast: Forecast, names: Callable[[str], str]) -> Iterator[Check]:
    missing = [(name, number) for name, number in forecast.languages if name and name not in source.languages]
    for language, number in missing:
        values = {"number": number, "language": names(language), "other": names(source.speaks(language))}
        yield Check("warning", SENTENCES["no_language"], values)
    if not missing:
        yield Check("right", SENTENCES["languages"], {})


def _examples(source: EmailSource) -> Iterator[Check]:
    if found := examples.left_in(source.files):
        yield Check("warning", SENTENCES["examples"], {"words": ", ".join(found)})


def _sizes(settings: Settings, source: EmailSource, names: Callable[[str], str]) -> Iterator[Check]:
    sizes = {language: len(_html(settings, source, language).encode()) for language in source.languages}
    large = {language: size for language, size in sizes.items() if size > CLIPPED_BYTES}
    for language, size in large.items():
        yield Check("wrong", SENTENCES["too_large"], {"language": names(language), "size": size // 1024})
    if not large:
        yield Check("right", SENTENCES["size"], {"size": -(-max(sizes.values()) // 1024)})


def _formats(settings: Settings, source: EmailSource, names: Callable[[str], str], reasons: Reasons) -> Iterator[Check]:
    verdicts = preview.verdicts(settings, source)
    on = [names(format_) for format_, verdict in verdicts.items() if verdict.on]
    yield Check("right", SENTENCES["formats"], {"formats": ", ".join(on)})
    for format_, verdict in verdicts.items():
        if not verdict.on:
            values: dict[str, object] = {"format": names(format_), "why": "; ".join(reasons(verdict))}
            yield Check("off", SENTENCES["no_format"], values)


def _places(settings: Settings, forecast: Forecast, names: Callable[[str], str]) -> Iterator[Check]:
    if forecast.no_country:
        values: dict[str, object] = {
            "number": forecast.no_country,
            "country": names(settings.default_country),
            "zone": names(settings.default_time_zone),
        }
        yield Check("warning", SENTENCES["no_country"], values)


def _html(settings: Settings, source: EmailSource, language: str) -> str:
    sender = compose.sender(settings, source.stream, Keyring(["preview"]), signed=False)
    return messages.fill(emails.compile(source, language), sender, messages.sample(source), 0).html


def _urls(settings: Settings, source: EmailSource, language: str) -> Iterator[str]:
    own = settings.base_url.rstrip("/")
    for url in LINK.findall(_html(settings, source, language)):
        if not url.startswith(own):
            yield url.replace("&amp;", "&")


def _link(door: Door, url: str) -> Check | None:
    """Return what is wrong with a link, or None. A refusal of programs (401, 403, 405, 429) is not an error of the link."""
    try:
        reply = door.get(url, 1)
    except NotCalled as error:
        return Check("unchecked", SENTENCES["unsure_link"], {"url": url, "why": reason(error.name, error.detail)})
    if reply.status in (404, 410):
        return Check("wrong", SENTENCES["broken_link"], {"url": url, "why": reply.status})
    if reply.status >= 400:
        return Check("unchecked", SENTENCES["unsure_link"], {"url": url, "why": reply.status})
    return None
