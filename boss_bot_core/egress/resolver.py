"""Turns a target into the checked IP literals to dial, or says why it must not be reached.

Apart from the dialler because this is the whole policy: whatever it returns is dialled as it stands, so that no second
look-up can give another answer (DNS rebinding).
"""

import asyncio
from ipaddress import ip_address

import attrs

from boss_bot_core.egress._dns import Lookup
from boss_bot_core.egress._target import Target, find_port_refusal
from boss_bot_core.egress.address_policy import AddressPolicy
from boss_bot_core.egress.errors import EgressRefusedError, UnreachableError
from boss_bot_core.egress.host_overrides import HostOverrides


@attrs.frozen
class ResolvedTarget:
    """What to dial.

    Attributes:
        literals: IP literals that have passed the policy, in the order to try them.
        port: TCP port.
    """

    literals: tuple[str, ...]
    port: int


@attrs.frozen
class Resolver:
    """Resolves and checks.

    Attributes:
        policy: Which addresses may be reached.
        overrides: The operator's fixed addresses; they pass the policy too.
        lookup: How a name becomes addresses.
        timeout_s: Time for a look-up.
    """

    policy: AddressPolicy
    overrides: HostOverrides
    lookup: Lookup
    timeout_s: float

    async def resolve(self, target: Target) -> ResolvedTarget:
        """Find the addresses of a target.

        Raises:
            RefusedError: One of them must not be reached: a mixed answer is refused as a whole.
            UnreachableError: It has none.
        """
        fixed = self.overrides.find(target.host)
        if fixed is not None:
            self._check_addresses((str(fixed.address),))
            return ResolvedTarget((str(fixed.address),), fixed.port)
        literals = await self._look_up(target.host)
        self._check_addresses(literals)
        self._check_port(literals, target.port)
        return ResolvedTarget(literals, target.port)

    async def _look_up(self, host: str) -> tuple[str, ...]:
        try:
            return (str(ip_address(host)),)
        except ValueError:
            if _ends_in_number(host):
                raise EgressRefusedError("ambiguous-address") from None
        try:
            async with asyncio.timeout(self.timeout_s):
                literals = await self.lookup(host)
        except OSError as exc:
            raise UnreachableError("unresolvable") from exc
        if not literals:
            raise UnreachableError("unresolvable")
        return literals

    def _check_addresses(self, literals: tuple[str, ...]) -> None:
        for literal in literals:
            if (reason := self.policy.find_refusal(literal)) is not None:
                raise EgressRefusedError(reason)

    def _check_port(self, literals: tuple[str, ...], port: int) -> None:
        reason = find_port_refusal(port)
        if reason is not None and not all(self.policy.is_allowed_private(literal) for literal in literals):
            raise EgressRefusedError(reason)


def _ends_in_number(host: str) -> bool:
    """Tell whether libraries may read a host as an IPv4 address in some form, as the URL standard defines it.

    ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` are all 127.0.0.1 to some of them.
    """
    last = host.rpartition(".")[2]
    if last.isdigit():
        return True
    return last.startswith("0x") and all(character in "0123456789abcdef" for character in last[2:])
