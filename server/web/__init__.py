"""HTTP rooms: parse, one domain call, a page or JSON. One blueprint a room."""

from server.web.app import create_app

__all__ = ["create_app"]
