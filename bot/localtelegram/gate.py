"""Who may drive this server: programs on this machine and our own page, but no other page in somebody's browser."""

from __future__ import annotations

import re

from starlette.types import Scope

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_ANY = ("", "0.0.0.0", "::")  # noqa: S104 - whoever listens everywhere has asked for it
_PORT = re.compile(r":\d*\Z")
_TELLING = frozenset({b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode"})


class Gate:
    """Refuses what a browser says on behalf of another site.

    The control interface asks for no password, so a browser must not carry a stranger's wishes to it. A page
    elsewhere gives itself away by `Origin` or `Sec-Fetch-Site`; a name that was rebound to this machine by `Host`.
    Programs send none of these but `Host`. Its port may differ from ours: somebody may have forwarded one.
    """

    def __init__(self, host: str) -> None:
        self._names = None if host in _ANY else frozenset((*_LOOPBACK, host))

    def refuses(self, scope: Scope) -> bool:
        """Whether this request comes from where it must not."""
        told = {name: value.decode("latin-1").lower() for name, value in scope["headers"] if name in _TELLING}
        host, origin = told.get(b"host"), told.get(b"origin")
        if host and self._names is not None and _PORT.sub("", host) not in self._names:
            return True
        if origin is not None and origin != f"http://{host}":
            return True
        # A link to the page from elsewhere is fine: following it does nothing but show the page.
        followed = told.get(b"sec-fetch-mode") == "navigate" and scope["method"] == "GET" and scope["path"] == "/"
        return told.get(b"sec-fetch-site") in ("cross-site", "same-site") and not followed
