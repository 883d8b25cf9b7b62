"""The lines of a case: each is made together with the facts it shows. No line is told what time it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.passing import HIDDEN
from bot.core.words import Words
from bot.texts import waiting_cards
from bot.texts.case_facts import LAMPS, CaseFacts, Fact, Handling
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import Key, Message
from bot.texts.times import at_words, date_words

REASON = 200
"""Units of a reason in somebody's own words that stand on a card; all of it stands in the details."""

ON_CARDS = frozenset({"sendiri", "jalan"})
"""Who needs help, as far as whoever is asked must know; that the family reports, only the owner reads."""


@dataclass(frozen=True, slots=True)
class Line:
    """Markup and the facts in it."""

    text: str
    shows: frozenset[Fact] = frozenset()


def line(text: str, *shows: Fact) -> Line:
    """A line that shows these facts."""
    return Line(text, frozenset(shows))


def joined(between: str, parts: Iterable[Line]) -> Line:
    """Several parts as one line."""
    known = tuple(parts)
    return Line(between.join(part.text for part in known), frozenset[Fact]().union(*(part.shows for part in known)))


def bubble(lines: Iterable[Line], rows: tuple[tuple[Key, ...], ...] = (), *, silent: bool = False) -> Message:
    """A message of these lines, which shows what they show."""
    whole = joined("\n", lines)
    return Message(whole.text, rows, silent=silent, shows=whole.shows)


def place(speech: Speech, case: CaseFacts, *, parent: bool = True) -> Line:
    """The smallest place known, with its parent; without it, a kabupaten is named only where no more is known."""
    known = places(case)
    if not known:
        return line(speech.say("tempat-tidak-tahu"))
    near = [part for part in known if Fact.KABUPATEN not in part.shows] or known
    return joined(", ", known[:2] if parent else near)


def places(case: CaseFacts) -> list[Line]:
    """Every place known, the smallest first."""
    named = ((case.desa, Fact.DESA), (case.kecamatan, Fact.KECAMATAN), (case.kabupaten, Fact.KABUPATEN))
    return [line(escape(name), fact) for name, fact in named if name]


def head(speech: Speech, case: CaseFacts, _: Handling) -> Line:
    """Lamp, urgency, number, place."""
    urgency = speech.word(f"urgensi-{case.urgency}")
    kepala = speech.say("c_kepala", lampu=LAMPS[case.urgency], urgensi=urgency, nomor=case.number)
    return joined(" · ", (line(kepala, Fact.URGENCY, Fact.NUMBER), place(speech, case)))


def loud_head(speech: Speech, case: CaseFacts, handling: Handling) -> Line:
    """The same on a card that asks for something."""
    quiet = head(speech, case, handling)
    return Line(f"<b>{quiet.text}</b>", quiet.shows)


def reach(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """How a reporter who is harmed may be reached: before all else, for a call at the wrong moment harms (R5)."""
    return line(f"<b>{speech.say(f'c_aman-{case.reach}')}</b>", Fact.REACH) if case.reach else None


def duty(speech: Speech, case: CaseFacts, handling: Handling) -> Line | None:
    """As what the reader is asked; who answers for the kecamatan anyway is not told so."""
    if handling.reader is None or handling.reader == "tksk":
        return None
    known = ((case.kecamatan, Fact.KECAMATAN), (case.kabupaten, Fact.KABUPATEN))
    where, shows = next(((name, (fact,)) for name, fact in known if name), ("Jawa Timur", ()))
    return line(speech.say(f"c_tugas-{handling.reader}", tempat=where), *shows)


def kind(speech: Speech, case: CaseFacts, _: Handling) -> Line:
    """Category and danger in the words the reporter picked."""
    if case.flag:
        danger = Words(f"bahaya-{case.category}-{case.danger}")
    else:
        none = case.danger == "tidakada" and case.danger_at is None and not case.despair
        answered = "bahaya-tidak-sekarang" if case.mentioned else "bahaya-tidak-ada"
        danger = Words(answered if none else "bahaya-belum-jelas")
    return line(f"{category(speech, case).text}: {speech.html(danger)}.", Fact.KIND, Fact.DANGER)


def mentioned(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """What dangers the words were about, whatever was picked: whoever goes there is to know."""
    if not case.mentioned:
        return None
    named = ", ".join(speech.word(f"disebut-{about}") for about in case.mentioned)
    return line(speech.say("c_disebut", apa=named), Fact.MENTIONED)


def despair(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That words after the number told of a wish to die: then it is company and 119 that help."""
    return line(speech.say("c_hidup"), Fact.DESPAIR) if case.despair else None


def quick(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That it is a quick report, and what nobody asked."""
    return line(speech.say("c_cepat"), Fact.QUICK) if case.quick else None


def category(speech: Speech, case: CaseFacts) -> Line:
    """The category alone, for lists."""
    return line(speech.say(f"jenis-{case.category}"), Fact.KIND)


def group_kind(speech: Speech, case: CaseFacts, _: Handling | None = None) -> Line:
    """The category as a group reads it; of a case under protection only that it is one."""
    return line(speech.say("perlindungan"), Fact.SHIELD) if case.shielded else category(speech, case)


def who(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Who needs help, where whoever is asked must know it; and who can be asked, where somebody reported for them."""
    if case.contact is not None:
        text = f"{speech.say('c_siapa-wakil')} {speech.say(f'c_tanya-{case.contact}')}"
        return line(text, Fact.WHO, Fact.CONTACT)
    return line(speech.say(f"c_siapa-{case.who}"), Fact.WHO) if case.who in ON_CARDS else None


def family(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That the family reports."""
    return line(speech.say("c_siapa-keluarga"), Fact.WHO) if case.who == "keluarga" else None


def seen(speech: Speech, case: CaseFacts, _: Handling) -> Line:
    """When the person was seen and when that was reported."""
    reported = line(speech.say("c_dilaporkan", **at_words(case.created_at)), Fact.REPORTED)
    if case.seen_on is not None:
        when = speech.label(date_words(case.seen_on))
    elif case.seen:
        when = speech.word(f"kapan-{case.seen}")
    else:
        return reported
    return joined(" ", (line(speech.say("c_terlihat", kapan=when), Fact.SEEN), reported))


def phoned(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Whether police or ambulance know; in darurat also that they do not."""
    if case.phoned == "sudah":
        return line(speech.say("c_polisi_sudah"), Fact.PHONED)
    if case.urgency != "darurat" or case.unphoned is None:
        return None
    return line(speech.say(case.unphoned), Fact.PHONED)


def warnings(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """What to beware of."""
    if not case.warnings:
        return None
    return joined("\n", (line(speech.say(warning), Fact.WARNINGS) for warning in case.warnings))


def at_night(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That nobody is asked to go there before the morning: they phone."""
    return line(speech.say("c_malam", **at_words(case.night_until))) if case.night_until else None


def files(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """How many pictures and recordings there are, and that one tells the story."""
    if not case.photos:
        return None
    key = "c_berkas_cerita" if case.recorded else "c_berkas"
    return line(speech.say(key, jumlah=str(case.photos)), Fact.FILES)


def on_tap(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """How many of them open by the owner's tap only."""
    return line(speech.say("c_gambar_diketuk", jumlah=str(case.pictures)), Fact.FILES) if case.pictures else None


def unkept(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That a picture was offered and not kept."""
    return line(speech.say("c_gambar_ditawarkan"), Fact.UNKEPT) if case.unkept else None


def added(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That a reporter told something more."""
    return line(speech.say("c_tambahan", **at_words(case.added_at)), Fact.ADDED) if case.added_at else None


def noted(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That whoever had the case noted something."""
    return line(speech.say("c_catatan", **at_words(case.noted_at)), Fact.NOTED) if case.noted_at else None


def danger_now(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That a reporter said after the number that there was danger."""
    if case.danger_at is None:
        return None
    return line(speech.say("c_bahaya", **at_words(case.danger_at)), Fact.DANGER_NOW)


def taken_back(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """That a reporter took it back, and may have been forced to."""
    if case.withdrawn_at is None:
        return None
    return line(speech.say("c_dicabut", **at_words(case.withdrawn_at)), Fact.TAKEN_BACK)


def passed_on(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Who passed it on, and why: whoever is asked next need not wonder."""
    told = []
    for one in case.passed:
        peran = speech.word(f"peran-{one.role}")
        if one.reason is None or one.reason in HIDDEN:
            told.append(speech.say("c_tidak_bisa", peran=peran))
        elif one.words:
            said = cut(masked(" ".join(clean(one.words).split())), REASON)
            told.append(speech.say("c_tidak_bisa_kata", peran=peran, kata=said))
        elif one.spoken:
            told.append(speech.say("c_tidak_bisa_rekam", peran=peran))
        else:
            told.append(speech.say("c_tidak_bisa_karena", peran=peran, alasan=speech.word(f"alasan-{one.reason}")))
    return line("\n".join(dict.fromkeys(told)), Fact.PASSED) if told else None


def waiting(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """For what the case waits, and until when."""
    if case.waits_for is None or case.waits_until is None:
        return None
    return line(waiting_cards.line(speech, case.waits_for, case.waits_until), Fact.WAITING)
