"""The versions of the core that a plugin's distribution asks for, which pip checks only when it installs something.

The usual `>=0.1,<0.2` is compared here; `packaging`, whose import takes longer than all other work of the loader, reads
every other requirement.
"""

import re
from collections.abc import Iterator
from importlib import metadata

CORE = "boss-bot-core"

_NAME = re.compile(r"\s*boss[-_.]+bot[-_.]+core(?![\w.-])", re.IGNORECASE)
_RANGE = re.compile(r"\s*\(?(?P<clauses>(?:>=|<)\s*\d+(?:\.\d+)*(?:\s*,\s*(?:>=|<)\s*\d+(?:\.\d+)*)*)\)?\s*")
_CLAUSE = re.compile(r"(?P<operator>>=|<)\s*(?P<version>[\d.]+)")
_VERSION = re.compile(r"\d+(?:\.\d+)*")
_OF_EXTRA = re.compile(r""".*;\s*extra\s*==\s*(?:"[\w.-]+"|'[\w.-]+')\s*""")
"""A requirement of an extra alone, which nobody asks for with the plugin itself."""


def find_unmet_requirement(distribution: metadata.Distribution, version: str) -> str | None:
    """Return the versions of the core that the distribution asks for, such as `>=0.2`, if `version` is none of them.

    Args:
        distribution: The distribution of a plugin.
        version: The version of the core that is installed.
    """
    for requirement in distribution.requires or ():
        if (found := _NAME.match(requirement)) is None or _OF_EXTRA.fullmatch(requirement):
            continue
        wanted = requirement[found.end() :]
        range_ = _RANGE.fullmatch(wanted)
        if range_ is None or _VERSION.fullmatch(version) is None:
            if _is_refused_by_packaging(requirement, version):
                return wanted.partition(";")[0].rstrip()
        elif not all(_compare(operator, bound, version) for operator, bound in _CLAUSE.findall(wanted)):
            return range_["clauses"]
    return None


def _compare(operator: str, bound: str, version: str) -> bool:
    """Return whether a version of numbers alone fulfils one clause."""
    is_older = tuple(_strip_zeros(version)) < tuple(_strip_zeros(bound))
    return is_older if operator == "<" else not is_older


def _strip_zeros(version: str) -> Iterator[int]:
    """Yield the numbers of a version, without those at its end that mean nothing: 1.0 is 1."""
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    yield from numbers


def _is_refused_by_packaging(requirement: str, version: str) -> bool:
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - slow, and rarely needed

    try:
        wanted = Requirement(requirement)
    except InvalidRequirement:
        # No installer has been able to read it either.
        return True
    is_asked = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
    return is_asked and not wanted.specifier.contains(version, prereleases=True)
