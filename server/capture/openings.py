"""Weighs the links that a client opened against its own untouched answers. Pure.

Opening is not answering: people open every option in a tab, and the programs around their mail open links too. So nothing here
speaks against an answer with a touch, and a burst reaches no further than it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.capture.answer_groups import Sign
from server.capture.observation import Observation, seconds
from server.capture.rules import Rules

Hits = Sequence[Observation]
Client = tuple[str, str]


class Openings:
    """The links of one message that were opened, in order and by client."""

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
        """How many links of the mail a client opened."""
        if client not in self._links:
            self._links[client] = len({each.link for each in self.by_client.get(client, ())})
        return self._links[client]

    def strayed(self, hit: Observation) -> bool:
        """Whether the client of an answer opened another option of the question, and not the one it answered."""
        opened = {each.choice for each in self.by_client.get(hit.client, ()) if each.block == hit.block and each.choice}
        return bool(opened) and hit.choice not in opened

    def signs(self, hit: Observation, exclusive: frozenset[str], rules: Rules) -> list[Sign]:
        """The signs that speak about an untouched answer."""
        own: Hits = self.by_client.get(hit.client, ())
        page = self.pages.get((hit.client, hit.page))
        at = page.at if page else hit.at
        found: list[Sign] = []
        if (
            hit.visit and page and page.visit == hit.visit
        ):  # its browser keeps the id, so other visits are other browsers
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
        """A page left open with a sign of a person counts unless several options were; without one, if its link alone was opened, after
        the scanners. Neither counts beside pages of other clients, see `_has_rivals`.
        """
        signed = bool(hit.facts.get("sign"))
        rivals = self._has_rivals(hit, rules, rules.viewers + signed)
        if signed and options < rules.options and not rivals:
            return [("present", {})]
        alone = len({each.link for each in own}) == 1 and hit.client not in self.heads
        return [] if alone and hit.facts.get("late") == "1" and not rivals else [("unseen", {})]

    def _has_rivals(self, hit: Observation, rules: Rules, most: int) -> bool:
        """Whether other clients left pages open as well: at another option of the question within minutes, or two of them there, or
        `most` of them anywhere in the mail.
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
        """The burst, if one was on when the page of an untouched answer was opened."""
        if self.links(hit.client) < rules.flood_links:
            return None
        page = self.pages.get((hit.client, hit.page))
        burst = _burst(self.by_client[hit.client], page.at if page else hit.at, rules)
        return ("flood", {"links": len({each.link for each in burst}), "seconds": seconds(burst)}) if burst else None

    def _networks(self, hit: Observation, at: int, rules: Rules) -> Sign | None:
        """Several networks at several links; a link that a gateway fetches again as it is clicked is the same link."""
        if len(self.by_client) < rules.networks:
            return None
        around = [each for each in self.every if abs(each.at - at) <= rules.near_ms and each.network]
        networks = {each.network for each in around}
        if len(networks) < rules.networks or hit.network not in networks or len({each.link for each in around}) < 2:
            return None
        return "networks", {"networks": len(networks), "seconds": seconds(around)}


def _run(own: Hits, at: int, gap_ms: int) -> Hits:
    """The links opened one after the other around the moment `at`, until one is not followed soon by another."""
    runs: list[list[Observation]] = [[]]
    for each in own:
        if runs[-1] and each.at - runs[-1][-1].at > gap_ms:
            runs.append([])
        runs[-1].append(each)
    return next((run for run in runs if run and run[0].at <= at <= run[-1].at), ())


def _burst(own: Hits, at: int, rules: Rules) -> Hits:
    """The links of a burst that no hand opens and that was on at the moment `at`; empty for none."""
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
