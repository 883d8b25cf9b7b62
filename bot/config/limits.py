"""[limits]."""

from pydantic import Field

from bot.config.section import Section


class Limits(Section):
    """How fast the bot speaks, and how much it listens to; 0 = no limit."""

    overall_per_second: float = Field(28.0, ge=0)
    chat_per_second: float = Field(1.0, ge=0)
    chat_burst: float = Field(3.0, ge=1)
    group_per_minute: float = Field(18.0, ge=0)
    chat_listens_per_minute: int = Field(30, ge=0)
