"""Serves every page, the API and the channels of recipients over HTTP. Each room is a blueprint whose views parse, make one domain call
and render.
"""

from server.web.app import create_app

__all__ = ["create_app"]
