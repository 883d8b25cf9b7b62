"""A whole sentence at the list of dangers, as the one danger that it names: that is proposed, never picked."""

from bot.core.knowledge import Category
from bot.core.phrases import NOT, STOP, Phrases, fold, set_of

NO = fold("tidak")
LATER = set_of("belum durung dereng")
"""What has not happened yet has not happened."""
DOUBT = set_of("kalau kalo kl nek lek yen takut takutnya wedi khawatir kuatir kadang biasanya biasane mungkin misal")
"""Words that tell of what may come, or comes at times: then nothing is proposed."""
ALSO = {"sakiti": "kekerasan", "diusir": "kekerasan", "rantai": "pasung", "balita": "anak"}
"""What a danger of a list is about besides its own name and its flag."""


class DangerList(Phrases):
    """Phrases by the danger that they name: each way to say no is one."""

    def read(self, text: str) -> list[str]:
        """The words of a text, folded, with one word for "no": "ora iso tangi", "ndak isa tangi"."""
        return [NO if word in NOT or word in LATER else word for word in super().read(text)]

    def named(self, text: str, category: Category) -> str | None:
        """The worst danger of the list of a category that this text names; None where it names none for sure."""
        words = self.read(text)
        if not DOUBT.isdisjoint(word for word in words if word != STOP):
            return None
        abouts = {one.about for one in self.met(words) if not (one.denied or one.past)}
        for danger in category.dangers:
            if abouts & {danger.item, danger.flag, ALSO.get(danger.item)}:
                return danger.item
        return None
