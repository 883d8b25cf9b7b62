"""Which addresses of the web and of mail may stand in the settings."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def web_address(key: str, url: str) -> SplitResult:
    """The parts of an http or https address; a ValueError that begins with the key says what is wrong with it."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{key}: must begin with http:// or https://")
    try:
        parts = urlsplit(url)
        if ":" in (parts.hostname or ""):
            ip_address(parts.hostname or "")
        if re.search(r"[\s\\]", url):  # others may read another host in it
            raise ValueError
    except ValueError:
        raise ValueError(f"{key}: is no address of the web") from None
    if not parts.hostname:
        raise ValueError(f"{key}: names no host")
    if (port := parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]) and not is_port(port):
        raise ValueError(f"{key}: the port must be a number from 1 to 65535")
    return parts


def is_port(text: str) -> bool:
    """Whether this is a number from 1 to 65535."""
    return bool(re.fullmatch(r"[0-9]{1,5}", text)) and 1 <= int(text) <= 65535


def is_loopback(url: str) -> bool:
    """Whether an address points at this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_mail_addresses(key: str, addresses: Sequence[str]) -> None:
    """Refuse what is no plain mail address; the ValueError begins with the key."""
    for address in addresses:
        if not MAIL_ADDRESS.fullmatch(address):
            raise ValueError(f"{key}: plain mail addresses such as piket@jsc.example.go.id are expected")
