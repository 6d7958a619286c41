"""Adds the security headers to every reply, and notes the route of the request for the request log.

Pages other than static files are not cached, indexed or framed, and send no Referer, because their addresses can hold a token.
"""

from __future__ import annotations

from flask import Flask, Response, request

from server.settings import Settings
from server.web.reply import ROUTE, Reply

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# For a mail as received or previewed: its styles and images are allowed, its scripts are not, and its links open outside the frame.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src * data:; frame-ancestors 'self'"
)
ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
NOBODYS = (("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex"))


# HSTS for this host only, because its subdomains may belong to other services.
HTTPS_ALONE = ("Strict-Transport-Security", "max-age=31536000")


def install(app: Flask) -> None:
    """Add the headers to every response of Flask."""

    @app.after_request
    def add(response: Response) -> Response:
        if request.url_rule:
            request.environ[ROUTE] = request.url_rule.rule
        headers = response.headers
        headers.extend(ALWAYS)
        if app.config["SESSION_COOKIE_SECURE"]:
            headers.extend((HTTPS_ALONE,))
        if request.endpoint != "static":
            headers.extend(each for each in NOBODYS if each[0] not in headers)
            if "Content-Security-Policy" not in headers:
                headers.add("Content-Security-Policy", CONTENT_POLICY)
        return response


def recipients_page(settings: Settings, body: str, cookie: str = "") -> Reply:
    """Make the reply for a recipient's page that is served in front of Flask, with the same headers that `install` adds."""
    content = body.encode("utf-8")
    secure = (HTTPS_ALONE,) if settings.base_url.startswith("https://") else ()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(content))),
        *((("Set-Cookie", cookie),) if cookie else ()),
        *ALWAYS,
        *secure,
        *NOBODYS,
        ("Content-Security-Policy", CONTENT_POLICY),
    ]
    return Reply(200, headers, content)


def mail(html: str) -> Response:
    """Make the response with a mail's HTML, to be shown in a frame of ours."""
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response
