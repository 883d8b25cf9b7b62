"""The lines by which cards differ: what is asked of the reader, until when, who has the case."""

from bot.core.company import COMES
from bot.core.words import Words
from bot.texts.case_facts import AskedBefore, CaseFacts, Fact, Handling, Holder
from bot.texts.case_lines import Line, line
from bot.texts.catalog import Speech
from bot.texts.times import at_words, clock, day_words


def answer_by(speech: Speech, _: CaseFacts, handling: Handling) -> Line | None:
    """Until when an answer is awaited, and who is asked after it; nothing where the ladder only repeats."""
    if handling.until is None or handling.then is None:
        return None
    peran = speech.word(f"peran-{handling.then}")
    text = speech.say("c_jawab", peran=peran, **at_words(handling.until))
    return line(text, Fact.DEADLINE, Fact.NEXT_ROLE)


def asked_before(speech: Speech, case: CaseFacts, handling: Handling) -> Line | None:
    """Who was asked before the reader, with their number; a group reads neither.

    Who declined and has no name here stands on the card already, with the reason.
    """
    passed = {one.role for one in case.passed}
    before = [one for one in handling.before if one.name or not one.declined or one.role not in passed]
    if handling.group or not before:
        return None
    told = [_asked(speech, one) for one in before]
    return line("\n".join(dict.fromkeys(told)), Fact.ASKED_BEFORE)


def _asked(speech: Speech, one: AskedBefore) -> str:
    peran = speech.word(f"peran-{one.role}")
    siapa = speech.word("siapa-peran-nama", peran=peran, nama=one.name) if one.name else peran
    if one.declined:
        return speech.say("w_tidak_bisa", siapa=siapa)
    return (
        speech.say("w_telepon", siapa=siapa, telepon=one.phone) if one.phone else speech.say("w_ditanya", siapa=siapa)
    )


def also_asked(speech: Speech, _: CaseFacts, handling: Handling) -> Line | None:
    """Who above the reader is asked too: they are not rung again themselves."""
    if handling.also is None:
        return None
    return line(speech.say("c_juga", peran=speech.word(f"peran-{handling.also}")), Fact.NEXT_ROLE)


def take_it(speech: Speech, _: CaseFacts, __: Handling) -> Line:
    """To have read a case is not to have taken it."""
    return line(speech.say("c_dibaca"))


def taken(speech: Speech, case: CaseFacts, _: Handling) -> Line:
    """That the reader has the case."""
    return line(speech.say("c_menang", nomor=case.number), Fact.NUMBER, Fact.HOLDER)


def taken_since(speech: Speech, case: CaseFacts, handling: Handling) -> Line:
    """Since when the reader has the case, and how it is."""
    assert handling.since is not None
    text = speech.say("w_lupa", nomor=case.number, **at_words(handling.since))
    return line(text, Fact.NUMBER, Fact.HOLDER, Fact.SINCE)


def word_by(speech: Speech, case: CaseFacts, handling: Handling) -> Line | None:
    """By when the owner is to say a word, and by when to have met the person."""
    if handling.until is None:
        return None
    told = speech.say("w_batas", **at_words(handling.until))
    if case.visit_by is not None and case.waits_for is None:
        if case.heard:
            told = speech.say("w_batas_kunjungan", **at_words(handling.until))
        else:
            hari2, jam2 = day_words(case.visit_by), clock(case.visit_by)
            told = speech.say("w_batas_pertama", hari2=hari2, jam2=jam2, **at_words(handling.until))
    return line(told, Fact.DEADLINE)


def awaited(speech: Speech, case: CaseFacts, handling: Handling) -> Line:
    """What a silent owner is asked for."""
    if handling.waited is not None:
        return line(speech.say("w_ditunggu_sampai", alasan=Words(f"tunggu-{handling.waited}")))
    what = "lanjutan" if case.visit_by is None else "kunjungan" if case.heard else "pertama"
    return line(speech.say("w_ditunggu", apa=Words(f"ditunggu-{what}")))


def goes_on(speech: Speech, _: CaseFacts, handling: Handling) -> Line | None:
    """When the case goes on without its owner, and to whom if anybody else is known."""
    if handling.until is None:
        return None
    if handling.then is None:
        return line(speech.say("w_teruskan_saja", **at_words(handling.until)), Fact.DEADLINE)
    peran = speech.word(f"peran-{handling.then}")
    return line(speech.say("w_teruskan", peran=peran, **at_words(handling.until)), Fact.DEADLINE, Fact.NEXT_ROLE)


def first_step(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Whom to phone first."""
    return None if case.first_step is None else line(speech.say(case.first_step), Fact.FIRST_STEP)


def discreet(speech: Speech, _: CaseFacts, __: Handling) -> Line:
    """What never to say."""
    return line(speech.say("w_rahasia"))


def held_by(speech: Speech, _: CaseFacts, handling: Handling) -> Line:
    """Who has the case: in a group a role, in private also the name."""
    holder, since = handling.holder, handling.since
    assert holder is not None and since is not None
    peran = speech.word(f"peran-{holder.role}")
    if holder.name is None or handling.group:
        return line(speech.say("c_diambil", siapa=peran, **at_words(since)), Fact.HOLDER, Fact.SINCE)
    named = speech.word("siapa-peran-nama", peran=peran, nama=holder.name)
    return line(speech.say("c_diambil", siapa=named, **at_words(since)), Fact.HOLDER, Fact.HOLDER_NAME, Fact.SINCE)


def handed_by(speech: Speech, case: CaseFacts, handling: Handling) -> Line | None:
    """Who asks the reader to take it over, and until when; it stays with them meanwhile."""
    if handling.holder is None or case.handed_until is None:
        return None
    text = speech.say("c_diserahkan", siapa=named(speech, handling.holder), **at_words(case.handed_until))
    return line(text, Fact.HOLDER, Fact.HOLDER_NAME, Fact.DEADLINE)


def handed_to(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Whom the owner asks to take it over, and that it is theirs until then."""
    if case.handed_to is None or case.handed_until is None:
        return None
    text = speech.say("c_ditawarkan", siapa=named(speech, case.handed_to), **at_words(case.handed_until))
    return line(text, Fact.HANDED)


def company_wanted(speech: Speech, case: CaseFacts, handling: Handling) -> Line | None:
    """Who asks the reader to go along, since when, and until when an answer is awaited."""
    if handling.holder is None or case.company is None:
        return None
    who, asked = named(speech, handling.holder), at_words(case.company.asked_at)
    lines = [speech.say("c_teman_diminta", siapa=who, **asked)]
    if case.company.until is not None:
        lines.append(speech.say("c_teman_jawab", **at_words(case.company.until)))
    elif case.company.says == COMES:
        lines.append(speech.say("c_teman_ikut"))
    return line("\n".join(lines), Fact.HOLDER, Fact.HOLDER_NAME, *((Fact.DEADLINE,) if case.company.until else ()))


def company(speech: Speech, case: CaseFacts, _: Handling) -> Line | None:
    """Whom the owner asked to go along, and what they answered."""
    asked = case.company
    if asked is None:
        return None
    answer = (
        Words(f"teman-{asked.says}") if asked.says else Words("teman-tunggu", at_words(asked.until or asked.asked_at))
    )
    return line(speech.say("c_teman", siapa=named(speech, asked.who), jawab=answer), Fact.COMPANY)


def named(speech: Speech, holder: Holder) -> str:
    """Somebody by role and name, as far as it is known."""
    peran = speech.word(f"peran-{holder.role}")
    return speech.word("siapa-peran-nama", peran=peran, nama=holder.name) if holder.name else peran


def nobody_yet(speech: Speech, _: CaseFacts, __: Handling) -> Line:
    """What a group reads of a case that nobody has."""
    return line(speech.say("l_jsc_grup"), Fact.HOLDER)


def closing(_: Speech, __: CaseFacts, handling: Handling) -> Line | None:
    """Why nothing more is to be done."""
    return line(handling.closing) if handling.closing else None
