"""Names browser and system from a User-Agent header, so that users recognise their sessions. Pure; a forged
header only yields a wrong name.
"""

from __future__ import annotations

BROWSERS = (  # the first match wins, because most browsers name the ones below too
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS")),
    *(("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")),
)


def called(agent: str) -> str:
    """Return a name like “Firefox · Linux”; '' if neither is recognised."""
    found = (next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))
