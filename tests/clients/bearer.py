"""A provider of bearer tokens: a key pair of the test's own, and its public half served as a JWKS on loopback."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
OTHER = RSAKey.generate_key(2048, parameters={"kid": "one"})  # says it is the same


@dataclass(frozen=True)
class Provider:
    jwks_url: str

    def token(self, key: RSAKey = KEY, **claims: Any) -> str:
        """An Authorization header."""
        now = int(time.time())
        return "Bearer " + jwt.encode({"alg": "RS256", "kid": "one"}, {"iat": now, "exp": now + 600, **claims}, key)


@contextmanager
def provider(status: int = 200) -> Iterator[Provider]:
    """Serves the public key, with this status, on a free port of loopback until the block ends."""
    body = json.dumps({"keys": [KEY.as_dict(private=False)]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Provider(f"http://127.0.0.1:{server.server_port}/jwks")
        finally:
            server.shutdown()
