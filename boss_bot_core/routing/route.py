"""`Route`: the plugins that can fetch a link, ranked, with the reason for each rank."""

from collections.abc import Iterable

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin.matching import MatchResult, UrlMatch, rank_match
from boss_bot_core.routing.failed_plugins import name_failed_plugins


@attrs.frozen(kw_only=True)
class Candidate:
    """A plugin that can fetch the link.

    Attributes:
        plugin: Name of the plugin.
        match: The plugin's match of the link.
    """

    plugin: str
    match: UrlMatch


@attrs.frozen(kw_only=True)
class Explanation:
    """The reason for a plugin's rank.

    Attributes:
        plugin: Name of the plugin.
        rank: Position among the candidates, from 1, or None if the plugin is no candidate.
        reason: The reason in one sentence.
        match: The plugin's match of the link, or None.
    """

    plugin: str
    rank: int | None
    reason: str
    match: UrlMatch | None = None


@attrs.frozen(kw_only=True)
class Route:
    """The plugins that can fetch a link.

    Attributes:
        link: The link.
        candidates: The best candidate, then the fallback chain.
        explanations: An explanation for every plugin, candidates first.
        failed_plugins: The plugins that could not be asked.
        is_complete: Whether every plugin has answered; one whose engine is not loaded is left out while a better plugin
            matches.
    """

    link: Link
    candidates: tuple[Candidate, ...]
    explanations: tuple[Explanation, ...]
    failed_plugins: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def best(self) -> Candidate:
        """The first candidate; raises UnsupportedUrlError when there is none."""
        if not self.candidates:
            raise name_failed_plugins(UnsupportedUrlError(f"{self.link.host} isn't supported."), self.failed_plugins)
        return self.candidates[0]


def build_route(link: Link, results: Iterable[MatchResult]) -> Route:
    """Rank the plugins that match: by specificity, then by name; only the best plugin of each engine is a candidate."""
    results = tuple(results)
    matched = sorted(
        (Candidate(plugin=result.plugin, match=result.match) for result in results if result.match is not None),
        key=lambda candidate: rank_match(candidate.match.specificity, candidate.plugin),
    )
    kept: dict[str, Candidate] = {}
    explanations: list[Explanation] = []
    for candidate in matched:
        plugin, match = candidate.plugin, candidate.match
        best = kept.setdefault(match.engine, candidate)
        left_out = f"left out: {best.plugin} tries the same engine ({match.engine}) first"
        ranked = f"{match.specificity.name.lower()}: {match.reason}"
        rank, reason = (len(kept), ranked) if best is candidate else (None, left_out)
        explanations.append(Explanation(plugin=plugin, rank=rank, reason=reason, match=match))
    for result in (result for result in results if result.match is None):
        reason = "does not know this link" if result.error is None else f"failed: {result.error}"
        if result.undecided_up_to is not None:
            reason = "not asked yet: its engine is not loaded, and a better plugin matches"
        explanations.append(Explanation(plugin=result.plugin, rank=None, reason=reason))
    explanations.sort(key=lambda explanation: explanation.rank is None)
    is_complete = all(result.undecided_up_to is None for result in results)
    return Route(link=link, candidates=tuple(kept.values()), explanations=tuple(explanations), is_complete=is_complete)
