"""[smtp]."""

from pydantic import Field, SecretStr, model_validator

from bot.config.addresses import check_mail_addresses, is_loopback
from bot.config.section import Section

SMTPS = 465
"""The port on which mail is encrypted from the first byte on."""


class Smtp(Section):
    """The mail server; `admins` hear by mail when Telegram itself is silent."""

    host: str = ""
    port: int = Field(587, ge=1, le=65535)
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = ""
    starttls: bool = True
    admins: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Smtp":
        check_mail_addresses("admins", self.admins)
        if self.sender or self.host:
            check_mail_addresses("sender", (self.sender,))
        if self.admins and not self.host:
            raise ValueError("admins: a mail server is needed (host and sender)")
        clear = not self.starttls and self.port != SMTPS
        if clear and self.password.get_secret_value() and not is_loopback(f"smtp://{self.host}"):
            raise ValueError("starttls: a password never leaves this machine in clear; use starttls or port 465")
        return self
