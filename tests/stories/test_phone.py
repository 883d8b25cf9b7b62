"""At two in the morning a number helps more than a ping: who was asked, and whom to phone there (row 136)."""

from functools import partial

from bot.localtelegram.phones import Phone
from storage import roster
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

NUMBER = "+6281355500011"


def on_the_roster(phone: Phone, name: str, number: str, session: Session) -> None:
    """This worker stands on the roster with a name and a number."""
    (member,) = roster.roles_of(session, chat_of(session, phone))
    roster.set_name(session, member, name)
    member.phone_sealed = session.vault.seal(session, "member", "phone", member.id, number)
    session.add(member)


async def test_a_card_that_climbs_names_who_was_asked_and_their_number(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI)
    koordinator, jsc = await w.worker("koordinator", MALANG), await w.worker("jsc", "35")
    await w.read(partial(on_the_roster, tksk, "Budi Santoso", NUMBER))
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    card = koordinator.find(number, "DARURAT")
    assert card is not None and f"petugas kecamatan (TKSK) Budi Santoso, {NUMBER}" in card.words
    (link,) = [key.url for key in card.buttons if key.url]
    assert link == f"https://wa.me/{NUMBER[1:]}?text={number}", "the number of the case, and nothing of it"
    assert "Sudah kami hubungi" not in (tksk.find(number, "DARURAT") or tksk.last()).words, "nobody was asked before"
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    await w.passes(minutes=16)
    late = jsc.find(number, "DARURAT")
    assert late is not None and "Budi Santoso sudah menjawab: tidak bisa" in late.words and NUMBER not in late.words
    assert "koordinator kabupaten/kota. Nomornya belum tercatat" in late.words
    assert not deputy.find(NUMBER)
