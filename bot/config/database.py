"""[database]."""

from bot.config.section import Section


class DatabaseSettings(Section):
    """Where everything is kept."""

    url: str = "tersapa.db"
