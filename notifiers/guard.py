"""Where an outgoing call may go: public addresses, this machine when the settings say so, and networks they name.

A name is resolved once and the connection goes to the address that was checked, so a name that resolves differently a
moment later (DNS rebinding) gains nothing (T26).
"""

import asyncio
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
NAT64 = IPv6Network("64:ff9b::/96")
GLOBAL_UNICAST = IPv6Network("2000::/3")
MOST = 3
"""How many addresses of one name are tried before the call counts as not sent."""


class NotAllowed(Exception):
    """The name resolves to addresses that may not be called."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be called: `loopback` this machine and nothing else, else the public Internet and `networks`."""

    loopback: bool = False
    networks: Sequence[Network] = ()

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of `host` that may be called, in the resolver's order; NotAllowed, OSError when none."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        known = dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found)
        allowed = [str(address) for address in known if self.allows(address)]
        if not allowed:
            raise NotAllowed(f"{len(known)} addresses, none of them allowed")
        return allowed[:MOST]

    def allows(self, address: Address) -> bool:
        """Whether this address may be called."""
        if self.loopback:
            return address.is_loopback
        return is_public(address) or any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether an address lies in the public Internet, however it is dressed up."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in GLOBAL_UNICAST and address.is_global and address.sixtofour is None and address.teredo is None


def networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Networks as the settings name them: "10.20.0.0/16", or one address; ValueError when they are none."""
    return tuple(ip_network(name) for name in named)
