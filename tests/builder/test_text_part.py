"""The text part says what the html says: the same addresses, what defaults give, numbers where lists have them, nothing hidden."""

import pytest

from builder import catalog, emails, messages
from builder.lint.sense import SENDER
from tests.builder.emails import whole

PAGE = "<mjml><mj-head>{}</mj-head><mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body></mjml>"


def text(inside: str, head: str = "") -> str:
    source = catalog.parse("try", whole(PAGE.format(head, inside)))
    return messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0).text


def attributes(rows: str) -> str:
    return f"<mj-attributes>{rows}</mj-attributes>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("x?id=1&region=es&currency=EUR&section=2", "x?id=1&region=es&currency=EUR&section=2"),
        ("x?a=1&copy=2&notify=3&para=4&times=5", "x?a=1&copy=2&notify=3&para=4&times=5"),
        ("x?a=1&lt=2&gt=3&reg=4&cent=5&amp=6", "x?a=1&lt=2&gt=3&reg=4&cent=5&amp=6"),
        ("x?a=1&amp;region=es&#38;b=2", "x?a=1&region=es&b=2"),
        ("x?a=1&deg2=3&yen1", "x?a=1&deg2=3&yen1"),
        ("{{ data.url }}&region=es", "?a=1&b=2&region=es"),
    ],
)
def test_an_address_is_the_one_of_the_html(written: str, read: str) -> None:
    href = written if written.startswith("{{") else f"https://e.com/{written}"
    assert read in text(
        f'<mj-text>See <a href="{href}">your order</a>.</mj-text><mj-button href="{href}">Go</mj-button>'
    )


@pytest.mark.parametrize(
    ("head", "inside", "said"),
    [
        ("", '<mj-navbar base-url="https://e.com"><mj-navbar-link href="/a">Our shop</mj-navbar-link></mj-navbar>',
         "Our shop: https://e.com/a"),
        (attributes('<mj-class name="cta" href="https://e.com/o" />'), '<mj-button mj-class="cta">See it</mj-button>',
         "See it: https://e.com/o"),
        (attributes('<mj-class name="logo" alt="Logo of Shop" src="https://e.com/l.png" />'), '<mj-image mj-class="logo" />',
         "Logo of Shop"),
        (attributes('<mj-button href="https://e.com/all" />'), "<mj-button>See it</mj-button>", "See it: https://e.com/all"),
        (attributes('<mj-all href="https://e.com/all" />'), '<mj-image src="https://e.com/l.png" alt="Shop" />',
         "Shop: https://e.com/all"),
        (attributes('<mj-class name="a" href="https://e.com/1" /><mj-class name="b" href="https://e.com/2" />'),
         '<mj-button mj-class="a b">See it</mj-button>', "See it: https://e.com/2"),
        (attributes('<mj-navbar base-url="https://e.com" />'),
         '<mj-navbar><mj-navbar-link href="/{{ data.order.id }}">Order</mj-navbar-link></mj-navbar>', "Order: https://e.com/A-1"),
    ],
)  # fmt: skip
def test_what_defaults_give_is_in_the_text(head: str, inside: str, said: str) -> None:
    assert said in text(inside, head)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<ol><li>Open it</li><li>Look at it</li></ol>", "1. Open it\n2. Look at it"),
        ("<ol start='4'><li>Open it</li><li>Look</li></ol>", "4. Open it\n5. Look"),
        ("<ol>{% for item in data.order.items %}<li>{{ item.name }}</li>{% endfor %}</ol>", "1. Taza"),
        ("<ol><li>Open<ul><li>the lid</li><li>the bag</li></ul></li><li>Look</li></ol>",
         "1. Open\n   - the lid\n   - the bag\n2. Look"),
        ("<ol>{% if 1 > 2 %}<li>No</li>{% endif %}<li>Yes</li></ol>", "- Yes"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
    ],
)  # fmt: skip
def test_lists_are_numbered_where_the_html_numbers_them(inside: str, said: str) -> None:
    assert said in text(f"<mj-text>Before {inside} after</mj-text>")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<section>One</section><section>Two</section>", "One\n\nTwo"),
        ("was <s>49</s>39 €", "was 49 39 €"),
        ("<del>49</del><b>39</b>", "49 39"),
        ('<a href="#top">Back to the top</a> now', "Back to the top now"),
        ('<a href="mailto:a@e.com?subject=Hi">write to us</a>', "write to us <a@e.com>"),
        ('<a href="">here</a> and <a href="tel:+571">call</a>', "here and call <+571>"),
        ("<article>One</article><article>Two</article><figure>Three</figure>", "One\n\nTwo\n\nThree"),
    ],
)
def test_small_things_read_well(inside: str, said: str) -> None:
    assert said in text(f"<mj-text>{inside}</mj-text>")


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ("", '<mj-text>Seen <span style="display:none">HIDDEN</span></mj-text>'),
        ("", '<mj-text>Seen <div style="color:red; Display: none !important">HIDDEN</div></mj-text>'),
        ("", "<mj-text>Seen <p hidden>HIDDEN</p></mj-text>"),
        ("<mj-style>.dark{display:none}</mj-style>", '<mj-text>Seen <b class="dark">HIDDEN</b></mj-text>'),
        ("<mj-style>.dark, .x { display: none !important }</mj-style>",
         '<mj-image src="https://e.com/d.png" css-class="dark" alt="HIDDEN" /><mj-text>Seen</mj-text>'),
        ("<mj-style>.dark{display:none}</mj-style>" + attributes('<mj-class name="d" css-class="dark" />'),
         '<mj-text mj-class="d">HIDDEN</mj-text><mj-text>Seen</mj-text>'),
    ],
)  # fmt: skip
def test_what_is_hidden_is_not_said(head: str, inside: str) -> None:
    said = text(inside, head)
    assert ("Seen" in said, "HIDDEN" in said) == (True, False)


def test_what_shows_on_a_phone_alone_is_said() -> None:
    assert "ONCE" in text(
        '<mj-text css-class="m">ONCE</mj-text>', "<mj-style>@media print{.m{display:none}}</mj-style>"
    )
