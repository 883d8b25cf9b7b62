"""[privacy]."""

from pathlib import Path

from bot.config.section import Section


class Privacy(Section):
    """Who answers for the data; without both, `run` serves an api_url of this machine only (row 152)."""

    controller: str = ""
    contact: str = ""
    keys_file: Path | None = None
