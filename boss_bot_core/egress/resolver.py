"""`Resolver`: turns a target into checked IP addresses, or refuses it.

It is separate from the code that connects because it applies the whole policy: the proxy connects to exactly the
addresses that it returns, so that no second look-up can give another answer (DNS rebinding).
"""

import asyncio
from ipaddress import ip_address

import attrs

from boss_bot_core.egress._host_lookup import HostOverrides, Lookup
from boss_bot_core.egress._target import Target, find_port_refusal
from boss_bot_core.egress.address_policy import AddressPolicy
from boss_bot_core.egress.errors import EgressRefusedError, UnreachableError


@attrs.frozen
class ResolvedTarget:
    """The addresses to connect to.

    Attributes:
        literals: IP literals that the policy allows, in the order to try them.
        port: TCP port.
    """

    literals: tuple[str, ...]
    port: int


@attrs.frozen
class Resolver:
    """Resolves targets and applies the address policy to every address.

    Attributes:
        policy: Decides which addresses may be reached.
        overrides: The operator's fixed addresses; the policy applies to them too.
        lookup: Returns the addresses of a host name.
        timeout_s: Seconds that a look-up may take.
    """

    policy: AddressPolicy
    overrides: HostOverrides
    lookup: Lookup
    timeout_s: float

    async def resolve(self, target: Target) -> ResolvedTarget:
        """Find the addresses of a target.

        Raises:
            EgressRefusedError: One of the addresses must not be reached; a mixed answer is refused as a whole.
            UnreachableError: The target has no address.
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
    """Tell whether a host ends in a number as the URL standard defines it: some libraries parse it as IPv4 address.

    Some libraries read each of ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` as 127.0.0.1.
    """
    last = host.rpartition(".")[2]
    if last.isdigit():
        return True
    return last.startswith("0x") and all(character in "0123456789abcdef" for character in last[2:])
