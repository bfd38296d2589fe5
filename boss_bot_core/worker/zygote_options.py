"""`ZygoteOptions`: how every zygote of a supervisor is started."""

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class ZygoteOptions:
    """How a zygote is started.

    Attributes:
        disabled: Plugins that the operator has disabled.
        extra_environment: Variables for the zygote and its workers, beside PATH, HOME, LANG, LC_*, TZ and TMPDIR.
        start_timeout_s: How long plugins may take to load or to warm up.
        is_eager: Whether every engine is warmed up at the start, which a bot with many links wants; otherwise only the
            engines that the links need are.
    """

    disabled: frozenset[str] = frozenset()
    extra_environment: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    start_timeout_s: float = 60.0
    is_eager: bool = True
