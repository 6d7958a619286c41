"""Weighs the links that a client opened against its own untouched answers. Pure.

Opening is not answering: people open every option in a tab, and mail programs open links too. So no opened link counts against
a touched answer, and a burst counts only against answers from pages opened while it lasted.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.capture.answer_groups import Sign
from server.capture.observation import Observation, seconds
from server.capture.rules import Rules

Hits = Sequence[Observation]
Client = tuple[str, str]


class Openings:
    """The opened links of one message, in order and by client."""

    def __init__(self, hits: Hits) -> None:
        self.every = [hit for hit in hits if hit.follows_link]
        self.viewed = [hit for hit in hits if hit.purpose == "sign" and hit.facts.get("viewed") == "1"]
        self.heads = {hit.client for hit in hits if hit.method == "HEAD"}
        self.by_client: dict[Client, list[Observation]] = {}
        self.pages: dict[tuple[Client, str], Observation] = {}
        for hit in self.every:
            self.by_client.setdefault(hit.client, []).append(hit)
            if hit.nonce:
                self.pages.setdefault((hit.client, hit.page), hit)
        self._links: dict[Client, int] = {}

    def links(self, client: Client) -> int:
        """Count the different links of the mail that a client opened."""
        if client not in self._links:
            self._links[client] = len({each.link for each in self.by_client.get(client, ())})
        return self._links[client]

    def strayed(self, hit: Observation) -> bool:
        """Return whether the client of an answer opened other options of the question but not the one it answered."""
        opened = {each.choice for each in self.by_client.get(hit.client, ()) if each.block == hit.block and each.choice}
        return bool(opened) and hit.choice not in opened

    def signs(self, hit: Observation, exclusive: frozenset[str], rules: Rules) -> list[Sign]:
        """Return the signs for and against an untouched answer."""
        own: Hits = self.by_client.get(hit.client, ())
        page = self.pages.get((hit.client, hit.page))
        at = page.at if page else hit.at
        found: list[Sign] = []
        if (
            hit.visit and page and page.visit == hit.visit
        ):  # its browser keeps the visit id, so other ids are other browsers
            own = [each for each in own if each.visit == hit.visit]
        near = [each for each in own if abs(each.at - at) <= rules.opened_ms]
        by_question = _options(near, exclusive)
        options = len(by_question.get(hit.block, ()))
        if options >= rules.options:
            found.append(("options", {"options": options}))
        run = _run(own, at, rules.run_gap_ms) if self.links(hit.client) >= rules.run_links else ()
        links = len({each.link for each in run})
        if links >= rules.run_links:
            found.append(("sweep", {"links": links, "seconds": seconds(run)}))
        if networks := self._networks(hit, at, rules):
            found.append(networks)
        if hit.facts.get("left") == "1":
            found += self._left(hit, own, options, rules)
        return found

    def _left(self, hit: Observation, own: Hits, options: int, rules: Rules) -> list[Sign]:
        """Judge a page left open. With a sign of a person it counts unless several options were opened; without one, only if
        the client opened nothing else and came later than scanners do. Neither counts beside rivals, see `_has_rivals`.
        """
        signed = bool(hit.facts.get("sign"))
        rivals = self._has_rivals(hit, rules, rules.viewers + signed)
        if signed and options < rules.options and not rivals:
            return [("present", {})]
        alone = len({each.link for each in own}) == 1 and hit.client not in self.heads
        return [] if alone and hit.facts.get("late") == "1" and not rivals else [("unseen", {})]

    def _has_rivals(self, hit: Observation, rules: Rules, most: int) -> bool:
        """Return whether other clients left pages open too. One at another option of the question within minutes is enough,
        else two at the question or `most` anywhere in the mail.
        """
        viewers = [each for each in self.viewed if each.client != hit.client]
        if len({each.client for each in viewers}) >= most:
            return True
        others = {
            each.client: abs(each.at + rules.hold_ms - hit.at)
            for each in viewers
            if each.block == hit.block and each.choice != hit.choice
        }
        return len(others) > 1 or min(others.values(), default=rules.near_ms + 1) <= rules.near_ms

    def flood(self, hit: Observation, rules: Rules) -> Sign | None:
        """Return the sign of the burst in which the page of an untouched answer was opened; None without one."""
        if self.links(hit.client) < rules.flood_links:
            return None
        page = self.pages.get((hit.client, hit.page))
        burst = _burst(self.by_client[hit.client], page.at if page else hit.at, rules)
        return ("flood", {"links": len({each.link for each in burst}), "seconds": seconds(burst)}) if burst else None

    def _networks(self, hit: Observation, at: int, rules: Rules) -> Sign | None:
        """Return a sign when several networks opened several links; a link that a gateway fetches again counts once."""
        if len(self.by_client) < rules.networks:
            return None
        around = [each for each in self.every if abs(each.at - at) <= rules.near_ms and each.network]
        networks = {each.network for each in around}
        if len(networks) < rules.networks or hit.network not in networks or len({each.link for each in around}) < 2:
            return None
        return "networks", {"networks": len(networks), "seconds": seconds(around)}


def _run(own: Hits, at: int, gap_ms: int) -> Hits:
    """Return the run of links opened around `at`; a run ends when the next link follows later than `gap_ms`."""
    runs: list[list[Observation]] = [[]]
    for each in own:
        if runs[-1] and each.at - runs[-1][-1].at > gap_ms:
            runs.append([])
        runs[-1].append(each)
    return next((run for run in runs if run and run[0].at <= at <= run[-1].at), ())


def _burst(own: Hits, at: int, rules: Rules) -> Hits:
    """Return the links of a burst too fast for a hand that lasted at `at`; empty for none."""
    widest = max(rules.leaving_ms, *(within for _, within in rules.flood))
    opened = [each for each in own if abs(each.at - at) <= widest]
    if len({each.link for each in opened}) < rules.flood_links:
        return ()
    leaves = any(each.purpose == "unsubscribe" for each in opened)
    shapes = [*rules.flood, *([(rules.leaving_links, rules.leaving_ms)] if leaves else [])]
    for many, within in shapes:
        end = 0
        for place, first in enumerate(opened):
            if first.at > at:
                break
            while end < len(opened) and opened[end].at - first.at <= within:
                end += 1
            if end - place < many or opened[end - 1].at < at:
                continue
            near = opened[place:end]
            if len({each.link for each in near}) < many:
                continue
            if (many, within) in rules.flood or any(each.purpose == "unsubscribe" for each in near):
                return near
    return ()


def _options(opened: Hits, exclusive: frozenset[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in opened:
        if each.block in exclusive and each.choice:
            found.setdefault(each.block, set()).add(each.choice)
    return found
