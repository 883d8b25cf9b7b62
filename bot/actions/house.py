"""What every deed needs besides a session and a moment: settings, texts, places, categories."""

from dataclasses import dataclass, field

from bot.config import Settings
from bot.core.escalation import Policy
from bot.core.flow import Known
from bot.core.sorts import Sort
from bot.core.workdays import Calendar
from bot.texts.catalog import Texts


@dataclass(slots=True)
class Identity:
    """Who the bot is at Telegram; learnt when Telegram first answers, known from then on through restarts."""

    username: str = ""
    group: int | None = None
    """The reference of the JSC group that was enrolled in the chat; read again at every beat."""


@dataclass(frozen=True, slots=True)
class House:
    """One bot's knowledge, read at start and never changed; only its name and an enrolled group are learnt later."""

    settings: Settings
    texts: Texts
    known: Known
    calendar: Calendar
    named: int | None
    """The reference of the JSC group whose real id stands in the settings: it is trusted."""
    identity: Identity = field(default_factory=Identity)

    @property
    def group(self) -> int | None:
        """The reference of the JSC group: the one of the settings, else the one that was enrolled by a code."""
        return self.named if self.named is not None else self.identity.group

    @property
    def link(self) -> str:
        """The address that opens the bot; "" until its name is known."""
        return f"https://t.me/{self.identity.username}" if self.identity.username else ""

    def policy(self, urgency: str, place: str | None, sort: Sort) -> Policy:
        """The ladder a new case of this urgency and sort begins with at a kecamatan, or in a kabupaten/kota."""
        return self.settings.escalation.policy(urgency, place, sort)
