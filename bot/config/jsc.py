"""[jsc]."""

import base64
from ipaddress import ip_network

from pydantic import SecretStr, model_validator

from bot.config.addresses import check_mail_addresses, is_loopback, web_address
from bot.config.section import Section


class Jsc(Section):
    """The province's case team: signed webhook, group, mail."""

    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_old_secret: SecretStr = SecretStr("")
    webhook_hosts: tuple[str, ...] = ()
    webhook_networks: tuple[str, ...] = ()
    chat_id: int | None = None
    emails: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Jsc":
        if self.webhook_url:
            parts = web_address("webhook_url", self.webhook_url)
            loopback = is_loopback(self.webhook_url)
            if parts.scheme != "https" and not loopback:
                raise ValueError("webhook_url: https is needed (plain http only to this machine)")
            if not loopback and parts.hostname not in {host.lower() for host in self.webhook_hosts}:
                raise ValueError("webhook_hosts: must name the host of webhook_url")
            if not _is_webhook_secret(self.webhook_secret):
                raise ValueError("webhook_secret: whsec_ and 24 to 64 bytes in base64 are needed")
        if self.webhook_old_secret.get_secret_value() and not _is_webhook_secret(self.webhook_old_secret):
            raise ValueError("webhook_old_secret: whsec_ and 24 to 64 bytes in base64 are needed")
        for network in self.webhook_networks:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError('webhook_networks: networks such as "10.20.0.0/16" are expected') from None
        check_mail_addresses("emails", self.emails)
        return self


def _is_webhook_secret(secret: SecretStr) -> bool:
    """Whether this is whsec_ and 24 to 64 bytes in base64, padded or not; the signer itself would take five bytes."""
    prefix, _, text = secret.get_secret_value().partition("_")
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    return prefix == "whsec" and 24 <= len(key) <= 64
