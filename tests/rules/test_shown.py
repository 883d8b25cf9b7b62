"""What each view of a case shows: an owner no less than whoever was asked, a group nothing personal (C1).

A message names the facts that it shows. Here they are held against its text, so that no line claims what it does
not say, and against each other for every category, danger, role and state of a case.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.addition import Addition
from bot.core.knowledge import NONE, UNKNOWN
from bot.core.report import Medium, Report
from bot.localtelegram.entities import parse_html
from bot.texts import additions, case_lists, taking_back
from bot.texts import case_card as cards
from bot.texts.case_card import LINES, View
from bot.texts.case_details import Details, details
from bot.texts.case_facts import (
    LAMPS,
    PERSONAL,
    SHIELDED,
    AskedBefore,
    CaseFacts,
    Company,
    Fact,
    Handling,
    Holder,
    PassedOn,
)
from bot.texts.case_lines import bubble
from bot.texts.catalog import LANGUAGES, Speech, Texts
from bot.texts.message import Message, call, edit_call
from bot.texts.notes import Note
from bot.texts.times import clock, date_words, day
from tests.support.case_views import FIELD, NOW, facts

EVERY = [(c, i) for c, kind in FIELD.categories.items() for i in (*(d.item for d in kind.dangers), NONE, UNKNOWN)]
ROLES = ("tksk", "deputy", "ppa", "koordinator", "dinsos", "jsc")
WHO = ("tetangga", "keluarga", "jalan", "sendiri", "wakil")
SEEN = (("kemarin", date(2026, 3, 1)), ("lama", None), (None, None))
PLACES = (("35.07", "35.07.24", "35.07.24.2016"), ("35.07", "35.07.24", None), ("35.07", None, None), (None,) * 3)
PHONED = ("sudah", "takbisa", None)
MEDIA = ((), (Medium("photo", "F1", "gambar"), Medium("voice", "F2", "suara")))
WAYS = ("jangan", "lewat", "pukul", "saya")
WAITS = (None, "pendekatan")
SPEECHES = [Texts().of(language) for language in LANGUAGES]
DUE = NOW + timedelta(hours=9)
"""Tuesday 3 March, 08.00 WIB."""
NAME = "Budi Santoso"
ENDS_WITH_A_TAKE = {Fact.NEXT_ROLE, Fact.ASKED_BEFORE}
"""Who is asked next, and was asked before, is told of a case that nobody has; whoever takes it stops that."""
BEFORE = (AskedBefore("tksk", "Ani Wulan", "+6281355500011", False),)
OFFERED = {"id": "menawarkan foto atau video", "en": "offered a photo or video"}
MOTOR = "motornya mogok"
MORE = Addition("lari ke sawah", (Medium("photo", "F2"),), (-7.89, 112.66))
ADDED = NOW + timedelta(hours=1)
TOLD = Details(
    "dekat masjid",
    "bawa parang",
    (-7.89, 112.66),
    "+6281234567890",
    (Medium("photo", "F1", "gambar"),),
    ((ADDED, MORE),),
    way="Bu Sri, bidan",
    notes=(Note(ADDED, "tksk", Addition("sudah ditengok")),),
    shows_notes=True,
    whys=(Note(ADDED, "deputy", Addition(MOTOR)),),
)


def every_case() -> Iterator[tuple[CaseFacts, str, Speech]]:
    """Every danger with everything a reporter says of it; roles, places, pictures and languages take turns."""
    told = itertools.product(EVERY, WHO, SEEN, PHONED)
    turns = itertools.cycle(itertools.product(MEDIA, WAITS, PLACES, SPEECHES, ROLES, (False, True)))
    ways = itertools.cycle(WAYS)
    for ((category, item), who, seen, phoned), turn in zip(told, turns, strict=False):
        media, waits, places, speech, role, quick = turn
        kabupaten, kecamatan, desa = places
        report = Report(
            who=who,
            category=category,
            danger=item,
            kabupaten=kabupaten,
            kecamatan=kecamatan,
            desa=desa,
            seen=seen[0],
            seen_on=seen[1],
            media=media,
            phoned=phoned,
            reach=next(ways) if who == "sendiri" else None,
            mentioned=("serang", "kekerasan") if quick else (),
            quick=quick,
            unkept=len(media),
        )
        added = ADDED if media else None
        known = facts(report, waits_for=waits, waits_until=DUE if waits else None)
        passed = (PassedOn("tksk", "tidak_aman"), PassedOn("deputy", "lain", MOTOR)) if media else ()
        handed = Holder("deputy", "Dewi Lestari") if media else None
        known = replace(known, handed_to=handed, handed_until=DUE if handed else None)
        company = Company(Holder("koordinator", "Karim Wijaya"), NOW, DUE, None) if media else None
        known = replace(known, company=company)
        more = replace(known, noted_at=added, added_at=added, danger_at=added, withdrawn_at=added, passed=passed)
        more = replace(more, despair=quick)
        yield more, role, speech


SOME = list(itertools.islice(every_case(), 0, None, 7))
"""Enough of them for every view to be read word by word."""


def private(speech: Speech, case: CaseFacts, role: str) -> dict[str, Message]:
    """Every message about one case that a person reads."""
    whole = details(speech, case, TOLD, whole=True)
    return {
        "asked": cards.ping(speech, case, Handling(reader=role, until=DUE, then="dinsos", before=BEFORE)),
        "opened": cards.opened(speech, case, until=DUE, then="dinsos"),
        "owner": cards.owner_card(speech, case, DUE),
        "follow-up": cards.follow_up(speech, case, NOW, DUE, "dinsos"),
        "held": cards.held_card(speech, case, "tksk", NAME, NOW),
        "handed": cards.handed_card(speech, case, "tksk", NAME),
        "company": cards.company_card(speech, case, "tksk", NAME),
        "taken": cards.taken_card(speech, case, "tksk", NAME, NOW),
        "over": cards.over_card(speech, case, "c_berakhir"),
        "line": bubble([case_lists.entry(speech, case, DUE)]),
        "digest": case_lists.digest(speech, [(case, DUE)], 1, group=False),
        "reminder": case_lists.reminder(speech, case, DUE, "dinsos"),
        "again": case_lists.repeated(speech, case, role, group=False),
        "details": whole[0],
        "addition": next(additions.to_owner(speech, case, MORE, ADDED)),
        "taken back": taking_back.to_asked(speech, case),
        "taken back, owner": taking_back.to_owner(speech, case),
        "offered": additions.offered_to_owner(speech, case),
        "danger": additions.danger(speech, case, group=False),
        "danger, owner": additions.danger_to_owner(speech, case, DUE),
        "masked": details(speech, case, TOLD, whole=False)[0],
    }


def for_groups(speech: Speech, case: CaseFacts) -> dict[str, Message]:
    """Every message about one case that a group reads."""
    return {
        "asked": cards.group_card(speech, case),
        "taken": cards.taken_card(speech, case, "tksk", NAME, NOW, group=True),
        "taken by jsc": cards.taken_card(speech, case, "jsc", NAME, NOW, group=True),
        "over": cards.over_card(speech, case, "c_diteruskan", group=True),
        "digest": case_lists.digest(speech, [(case, DUE)], 1, group=True),
        "again": case_lists.repeated(speech, case, "jsc", group=True),
        "danger": additions.danger(speech, case, group=True),
    }


def words(speech: Speech, case: CaseFacts) -> dict[Fact, tuple[str, ...]]:
    """What stands in a text that shows a fact, found without the renderers."""
    danger = f"bahaya-{case.category}-{case.danger}"
    if case.flag is None:
        none = case.danger == NONE and case.danger_at is None and not case.despair
        answered = "bahaya-tidak-sekarang" if case.mentioned else "bahaya-tidak-ada"
        danger = answered if none else "bahaya-belum-jelas"
    seen = speech.label(date_words(case.seen_on)) if case.seen_on else speech.word(f"kapan-{case.seen or 'lama'}")
    who = f"c_siapa-{case.who}" if case.who != "tetangga" else "c_siapa-jalan"
    return {
        Fact.URGENCY: (LAMPS[case.urgency],),
        Fact.NUMBER: ("TS-ABC234",),
        Fact.KIND: (speech.word(f"jenis-{case.category}"),),
        Fact.SHIELD: (speech.word("perlindungan"),),
        Fact.QUICK: ("⚡",),
        Fact.DANGER: (speech.word(danger),),
        Fact.MENTIONED: tuple(speech.word(f"disebut-{about}") for about in case.mentioned),
        Fact.DESPAIR: (speech.word("c_hidup"),),
        Fact.DESA: (case.desa or "Desa ",),
        Fact.KECAMATAN: (case.kecamatan or "Kec. ",),
        Fact.KABUPATEN: (case.kabupaten or "Kab. ",),
        Fact.WHO: (speech.word(who),),
        Fact.SEEN: (speech.word("c_terlihat", kapan=seen),),
        Fact.REPORTED: (day(speech, NOW), clock(NOW)),
        Fact.PHONED: (speech.word("c_polisi_sudah" if case.phoned == "sudah" else case.unphoned or ""),),
        Fact.WARNINGS: tuple(speech.word(key) for key in case.warnings),
        Fact.FIRST_STEP: (speech.word(case.first_step or ""),),
        Fact.FILES: ("📎",),
        Fact.UNKEPT: (OFFERED[speech.language],),
        Fact.LANDMARK: ("dekat masjid",),
        Fact.REACH: (speech.word(f"c_aman-{case.reach or 'jangan'}"),),
        Fact.WAY: ("Bu Sri, bidan",),
        Fact.STORY: ("bawa parang",),
        Fact.ADDED: ("➕", clock(ADDED)),
        Fact.NOTED: ("📝", clock(ADDED)),
        Fact.DANGER_NOW: ("🚨", clock(ADDED)),
        Fact.TAKEN_BACK: (speech.word("c_dicabut", hari=day(speech, ADDED), jam=clock(ADDED)),),
        Fact.PASSED: (MOTOR,),
        Fact.POINT: ("-7.890, 112.660",),
        Fact.PHONE: ("+6281234567890",),
        Fact.WAITING: (speech.word("tunggu-pendekatan"),),
        Fact.DEADLINE: (day(speech, DUE),) if case.waits_for else (day(speech, DUE), clock(DUE)),
        Fact.NEXT_ROLE: (speech.word("peran-dinsos"),),
        Fact.ASKED_BEFORE: ("Ani Wulan", "+6281355500011"),
        Fact.HOLDER_NAME: (NAME,),
        Fact.HANDED: ("Dewi Lestari",),
        Fact.COMPANY: ("Karim Wijaya",),
        Fact.SINCE: (day(speech, NOW), clock(NOW)),
    }


UNWRITTEN = {Fact.HOLDER, Fact.CONTACT}
"""Said in a different sentence on each card; the stories through the chat read those."""


def plain(message: Message) -> str:
    return parse_html(message.text)[0]


def placed(case: CaseFacts) -> set[Fact]:
    """The smallest place known of a case, as a fact."""
    known = ((case.desa, Fact.DESA), (case.kecamatan, Fact.KECAMATAN), (case.kabupaten, Fact.KABUPATEN))
    return {next(fact for name, fact in known if name)} if any(name for name, _ in known) else set()


# --- views against each other ------------------------------------------------------------------------------


def test_whoever_has_a_case_reads_no_less_than_whoever_was_asked() -> None:
    for case, role, speech in every_case():
        asked = cards.ping(speech, case, Handling(reader=role, until=DUE, then="dinsos")).shows
        mine = cards.owner_card(speech, case, DUE).shows
        assert mine >= asked - ENDS_WITH_A_TAKE, (case, role, asked - mine)
        assert mine >= {Fact.KIND, Fact.DANGER, Fact.DEADLINE, Fact.HOLDER} | placed(case)


def test_a_follow_up_shows_no_less_either() -> None:
    for case, role, speech in SOME:
        asked = cards.ping(speech, case, Handling(reader=role, until=DUE, then="dinsos")).shows
        assert cards.follow_up(speech, case, NOW, DUE, "dinsos").shows >= asked - ENDS_WITH_A_TAKE, case


def test_the_cases_meet_every_danger_with_every_role_and_the_sample_every_danger() -> None:
    met = {(case.category, case.danger, role) for case, role, _ in every_case()}
    assert met == {(category, item, role) for category, item in EVERY for role in ROLES}
    assert {(case.category, case.danger) for case, _, _ in SOME} == set(EVERY)
    assert {(len(placed(case)), role, speech.language) for case, role, speech in SOME} >= set(
        itertools.product((0, 1), ROLES, LANGUAGES)
    )


def test_the_table_itself_gives_an_owner_every_line_of_the_asked() -> None:
    ends = {"duty", "answer_by", "asked_before", "also_asked"}
    for tell, views in LINES:
        if View.ASKED in views and tell.__name__ not in ends:
            assert {View.OWNER, View.FOLLOW_UP, View.OPENED, View.HELD} <= views, tell.__name__


def test_a_line_of_a_list_names_urgency_kind_place_and_deadline() -> None:
    for case, _, speech in every_case():
        shown = case_lists.entry(speech, case, DUE).shows
        assert shown >= {Fact.URGENCY, Fact.NUMBER, Fact.KIND, Fact.DEADLINE} | placed(case)


def test_a_group_reads_nothing_personal() -> None:
    for case, _, speech in SOME:
        hidden = words(speech, case)
        for name, message in for_groups(speech, case).items():
            never = SHIELDED if case.shielded else PERSONAL
            assert not message.shows & never, (name, message.shows & never)
            text = plain(message)
            for fact in never - UNWRITTEN - {Fact.WARNINGS}:
                assert not [word for word in hidden[fact] if word in text], (name, fact, text)
            assert not [word for word in hidden[Fact.WARNINGS] if word in text], (name, text)


@pytest.mark.parametrize(("category", "item"), EVERY)
def test_a_group_reads_that_a_case_is_under_protection_instead_of_its_kind(category: str, item: str) -> None:
    report = Report("tetangga", category, item, "35.07", "35.07.24", "35.07.24.2016")
    case, speech = facts(report), SPEECHES[0]
    shielded = category in ("anak", "kekerasan") or case.flag == "seksual"
    assert case.shielded == shielded
    listed = case_lists.digest(speech, [(case, DUE)], 1, group=True)
    for message in (cards.group_card(speech, case), listed):
        assert (Fact.SHIELD in message.shows) == shielded
        assert message.shows >= {Fact.URGENCY, Fact.NUMBER, Fact.KECAMATAN if shielded else Fact.DESA}
        assert (Fact.KIND in message.shows) != shielded


# --- facts against the text --------------------------------------------------------------------------------


def test_a_text_says_every_fact_that_it_claims_to_show() -> None:
    met: set[Fact] = set()
    for case, role, speech in SOME:
        said = words(speech, case)
        for name, message in (*private(speech, case, role).items(), *for_groups(speech, case).items()):
            text = plain(message)
            for fact in message.shows:
                met.add(Fact(fact))
                missing = [word for word in said.get(Fact(fact), ()) if word not in text]
                assert not missing, (name, fact, missing, text)
    assert met == set(Fact), f"no view shows {set(Fact) - met}"


def test_a_text_claims_every_fact_that_it_says() -> None:
    """A line that names no facts shows nothing personal by mistake."""
    for case, role, speech in SOME:
        said = words(speech, case)
        for name, message in private(speech, case, role).items():
            text = plain(message)
            for fact in PERSONAL - UNWRITTEN - {Fact.FILES}:
                if said[fact] and all(word in text for word in said[fact]):
                    assert fact in message.shows, (name, fact, text)


def test_pictures_are_shown_to_the_owner_only() -> None:
    case, _, speech = SOME[0]
    _, *pictures = details(speech, case, TOLD, whole=True)
    assert len(pictures) == 2, "the reported one, and the one that was added"
    assert all(picture.shows == {Fact.FILES} and picture.protected for picture in pictures)
    assert len(details(speech, case, TOLD, whole=False)) == 1


def test_what_a_message_shows_is_never_sent() -> None:
    case, role, speech = SOME[0]
    for message in private(speech, case, role).values():
        assert call(message, 1) == call(replace(message, shows=frozenset()), 1)
        assert edit_call(message, 1) == edit_call(replace(message, shows=frozenset()), 1)
