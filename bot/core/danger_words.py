"""Words of danger in what people write: they only make the bot ask, they never decide (words.md, section 9; R4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.phrases import NEAR, STOP, Phrases, set_of

HELP, DESPAIR, BEATEN, SEXUAL, SOMEBODY_ARMED, DEAD = (
    "tolong",
    "bunuhdiri",
    "kekerasan",
    "seksual",
    "serang",
    "meninggal",
)
A_CRY = 4
"""More words than this with a cry for help are somebody who asks politely."""


MYSELF = set_of("saya aku kulo kula awakku awake gue gw engko sengko kaule")
SOMEBODY = set_of(
    "tetangga tonggo anak suami istri bapak ibu ayah adik adek kakak kakek nenek mbah teman kanca saudara keponakan"
    " ipar mertua murid keluarga orang dia ia beliau dewe bojo dulur pakde bude paklik bulik om tante warga"
)
OTHERS = SOMEBODY | set_of(
    "orang wong uwong orangnya wonge pemuda perempuan laki lelaki cewek cowok arek bocah remaja mahasiswa siswa pasien"
)
"""Who else may be in despair; "orang" is nobody in particular where somebody is beaten."""
WISHES = set_of(
    "wis wes uwis sampun mpun mau ingin pengen pingin kepengen arep rasanya capek lelah sudah pun terro ingen"
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What seems to be the danger, and whether whoever writes is in it."""

    about: str
    own: bool


class DangerWords(Phrases):
    """The phrases that are about a danger."""

    def alarm(self, text: str) -> Alarm | None:
        """The danger that these words are about; None when there seems to be none."""
        words = self.read(text)
        found = [(one.about, one.at) for one in self.met(words) if not (one.denied or one.past)]
        grave = [one for one in found if one[0] != HELP]
        if not grave:
            return Alarm(HELP, own=False) if found and len(words) - words.count(STOP) <= A_CRY else None
        about, at = grave[0]
        return Alarm(about, _is_own(words, about, at))


def _is_own(words: Sequence[str], about: str, at: int) -> bool:
    """Whether whoever writes is in danger: "saya dipukul", "suami memukul saya"; not "tetangga saya dipukul"."""
    before = [word for word in words[:at] if word != STOP]
    if about == DESPAIR:
        mine = not MYSELF.isdisjoint(before) and OTHERS.isdisjoint(before)
        return mine or all(word in WISHES for word in before)
    if about not in (BEATEN, SEXUAL, SOMEBODY_ARMED):
        return False
    ends_with_me = at + 1 < len(words) and words[at + 1] in MYSELF and words[at][:2] != "di"
    near = before[-NEAR:]
    return ends_with_me or (not MYSELF.isdisjoint(near) and SOMEBODY.isdisjoint(before))
