"""All sections together: arguments > environment TERSAPA_SECTION__KEY > TOML."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, PrivateAttr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config.database import DatabaseSettings
from bot.config.escalation import Escalation
from bot.config.faults import ConfigError, explain
from bot.config.holidays import DaysOff
from bot.config.jsc import Jsc
from bot.config.limits import Limits
from bot.config.privacy import Privacy
from bot.config.service import ServiceSettings
from bot.config.smtp import Smtp
from bot.config.summary import SummarySettings
from bot.config.telegram import Telegram


class Settings(BaseSettings):
    """All settings of one bot."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix="TERSAPA_", env_nested_delimiter="__")
    telegram: Telegram = Telegram()
    database: DatabaseSettings = DatabaseSettings()
    jsc: Jsc = Jsc()
    smtp: Smtp = Smtp()
    escalation: Escalation = Escalation()
    privacy: Privacy = Privacy()
    limits: Limits = Limits()
    service: ServiceSettings = ServiceSettings()
    holidays: DaysOff = Field(default_factory=dict)
    summary: SummarySettings = SummarySettings()
    _text: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _check(self) -> "Settings":
        if self.jsc.emails and not self.smtp.host:
            raise ValueError("jsc.emails: a mail server is needed ([smtp] host and sender)")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes in as arguments."""
        return (env_settings, init_settings)

    def fault(self, where: Sequence[str | int], message: str) -> ConfigError:
        """What is wrong with a key, found out where its meaning is known; said as every other wrong setting is."""
        return ConfigError(explain({"loc": where, "msg": message, "type": ""}, self._text, self._path))
