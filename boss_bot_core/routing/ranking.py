"""Where a link may go: the plugins' claims in their order, each with the reason. Pure."""

from collections.abc import Iterable

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.plugin.matching import UrlMatch


@attrs.frozen(kw_only=True)
class Candidate:
    """A plugin that may fetch the link.

    Attributes:
        plugin: Its name.
        match: Its claim.
    """

    plugin: str
    match: UrlMatch


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a plugin stands where it stands.

    Attributes:
        plugin: Its name.
        rank: Its place from 1, or None when it is no candidate.
        reason: One sentence.
        match: Its claim, if it made one.
    """

    plugin: str
    rank: int | None
    reason: str
    match: UrlMatch | None = None


@attrs.frozen(kw_only=True)
class Route:
    """Where a link may go.

    Attributes:
        link: The link.
        candidates: Who may fetch it: the first, then the fallback chain.
        explanations: Every plugin, candidates first.
    """

    link: Link
    candidates: tuple[Candidate, ...]
    explanations: tuple[Explanation, ...]

    @property
    def best(self) -> Candidate:
        """The first candidate.

        Raises:
            UnsupportedUrlError: There is none.
        """
        if not self.candidates:
            raise UnsupportedUrlError(f"{self.link.host} isn't supported.")
        return self.candidates[0]


def rank(link: Link, claims: Iterable[Claim]) -> Route:
    """Order the claims: the most specific first, then by name; of two on one engine only the better stays."""
    claims = tuple(claims)
    matched = sorted(
        (Candidate(plugin=claim.plugin, match=claim.match) for claim in claims if claim.match is not None),
        key=lambda candidate: (-candidate.match.specificity, candidate.plugin),
    )
    kept: dict[str, Candidate] = {}
    ranked: list[Explanation] = []
    dropped: list[Explanation] = []
    for candidate in matched:
        owner = kept.setdefault(candidate.match.engine, candidate)
        if owner is candidate:
            reason = f"{candidate.match.specificity.name.lower()}: {candidate.match.reason}"
            ranked.append(Explanation(plugin=candidate.plugin, rank=len(kept), reason=reason, match=candidate.match))
        else:
            reason = f"left out: {owner.plugin} tries the same engine ({candidate.match.engine}) first"
            dropped.append(Explanation(plugin=candidate.plugin, rank=None, reason=reason, match=candidate.match))
    silent = [_without_claim(claim) for claim in claims if claim.match is None]
    return Route(link=link, candidates=tuple(kept.values()), explanations=(*ranked, *dropped, *silent))


def _without_claim(claim: Claim) -> Explanation:
    reason = "does not know this link" if claim.error is None else f"failed: {claim.error}"
    return Explanation(plugin=claim.plugin, rank=None, reason=reason)
