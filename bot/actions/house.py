"""What every deed needs besides a session and a moment: settings, texts, places, categories."""

from dataclasses import dataclass

from bot.config import Settings
from bot.core.escalation import Policy
from bot.core.flow import Known
from bot.core.workdays import Calendar
from bot.texts.catalog import Texts


@dataclass(frozen=True, slots=True)
class House:
    """One bot's knowledge, read at start and never changed."""

    settings: Settings
    texts: Texts
    known: Known
    calendar: Calendar
    username: str = "tersapa_bot"

    @property
    def group(self) -> int | None:
        """The JSC group, trusted because it stands in the settings."""
        return self.settings.jsc.chat_id

    def policy(self, urgency: str, place: str | None) -> Policy:
        """The ladder a new case of this urgency begins with at a kecamatan, or in a kabupaten/kota."""
        return self.settings.escalation.policy(urgency, place)
