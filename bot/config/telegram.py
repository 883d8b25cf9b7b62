"""[telegram] and [telegram.webhook]."""

import re
from typing import Literal

from pydantic import SecretStr, model_validator

from bot.config.addresses import is_loopback, is_port, web_address
from bot.config.section import Section

TOKEN = re.compile(r"\d{3,16}:[A-Za-z0-9_-]{3,}")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
PUBLIC_API = "https://api.telegram.org"


class Webhook(Section):
    """Where Telegram delivers updates in webhook mode."""

    url: str = ""
    listen: str = "127.0.0.1:8443"
    secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _check(self) -> "Webhook":
        if self.url:
            web_address("url", self.url)
        _, colon, port = self.listen.rpartition(":")
        if not colon or not is_port(port):
            raise ValueError("listen: HOST:PORT is expected, such as 127.0.0.1:8443")
        return self


class Telegram(Section):
    """The bot at Telegram, or at a Bot API server of one's own."""

    token: SecretStr = SecretStr("")
    api_url: str = PUBLIC_API
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()

    @model_validator(mode="after")
    def _check(self) -> "Telegram":
        token = self.token.get_secret_value()
        if token and not TOKEN.fullmatch(token):
            raise ValueError("token: must look like 123456:ABC-DEF (from @BotFather)")
        api = web_address("api_url", self.api_url)
        if api.query or api.fragment:
            raise ValueError("api_url: ends before ? and #")
        if api.scheme == "http" and not is_loopback(self.api_url):
            raise ValueError(
                "api_url: http sends the token in clear; https is needed (plain http only to this machine)"
            )
        if self.mode == "webhook":
            if not self.webhook.url:
                raise ValueError("webhook.url: mode = webhook needs the address Telegram calls")
            if not SECRET.fullmatch(self.webhook.secret.get_secret_value()):
                raise ValueError("webhook.secret: 16 to 256 of A-Z a-z 0-9 _ - are needed")
        return self
