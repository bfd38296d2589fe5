"""The route of a link: the plugins that can fetch it, ranked, and the reason for each plugin's rank. Pure."""

from collections.abc import Iterable

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin.matching import MatchResult, UrlMatch


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
    """

    link: Link
    candidates: tuple[Candidate, ...]
    explanations: tuple[Explanation, ...]

    @property
    def best(self) -> Candidate:
        """The first candidate.

        Raises:
            UnsupportedUrlError: There is no candidate.
        """
        if not self.candidates:
            raise UnsupportedUrlError(f"{self.link.host} isn't supported.")
        return self.candidates[0]


def build_route(link: Link, results: Iterable[MatchResult]) -> Route:
    """Rank the plugins that match: by specificity, then by name; only the best plugin of each engine is a candidate."""
    results = tuple(results)
    matched = sorted(
        (Candidate(plugin=result.plugin, match=result.match) for result in results if result.match is not None),
        key=lambda candidate: (-candidate.match.specificity, candidate.plugin),
    )
    kept: dict[str, Candidate] = {}
    ranked: list[Explanation] = []
    dropped: list[Explanation] = []
    for candidate in matched:
        best = kept.setdefault(candidate.match.engine, candidate)
        if best is candidate:
            reason = f"{candidate.match.specificity.name.lower()}: {candidate.match.reason}"
            ranked.append(Explanation(plugin=candidate.plugin, rank=len(kept), reason=reason, match=candidate.match))
        else:
            reason = f"left out: {best.plugin} tries the same engine ({candidate.match.engine}) first"
            dropped.append(Explanation(plugin=candidate.plugin, rank=None, reason=reason, match=candidate.match))
    unmatched = [_explain_missing_match(result) for result in results if result.match is None]
    return Route(link=link, candidates=tuple(kept.values()), explanations=(*ranked, *dropped, *unmatched))


def _explain_missing_match(result: MatchResult) -> Explanation:
    reason = "does not know this link" if result.error is None else f"failed: {result.error}"
    return Explanation(plugin=result.plugin, rank=None, reason=reason)
