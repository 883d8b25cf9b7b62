"""A darurat that nobody takes: who is rung in a night, who is told, and how the phones fall quiet (W5)."""

from bot.localtelegram.phones import Phone
from storage import timeline
from tests.support.world import MALANG, SINGOSARI, World

GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}


def rung(phone: Phone, number: str) -> int:
    """How often a phone rang for a case."""
    return len(
        [m for m in phone.from_bot() if number in m.text and not m.silent and not m.text.startswith("🔴 Laporan")]
    )


async def test_a_night_in_which_nobody_takes_it(w: World) -> None:
    people = {role: await w.worker(role, area) for role, area in (("tksk", SINGOSARI), ("koordinator", MALANG))}
    people["dinsos"] = await w.worker("dinsos", MALANG)
    ani, rina, admin = (
        await w.worker("jsc", "35", "Ani"),
        await w.worker("jsc", "35", "Rina"),
        await w.worker("admin", "35"),
    )
    w.telegram.turn(13 * 3600)  # 22.00
    number = await w.reports(w.person(), **GRAVE)
    tksk = people["tksk"]
    card = tksk.find(number, "🌙 Tidak diminta datang sendiri malam ini, sampai Selasa 3/3 pukul 05.00.")
    assert card is not None and "☎️ Sudah saya telepon" not in card.labels
    await w.passes(minutes=16)
    card = tksk.find(number, "⏫ Sekarang tim provinsi (JSC) juga dihubungi.")
    assert card is not None and len(card.labels) == 6 and "☎️ Sudah saya telepon" in card.labels
    assert not admin.find(number)
    await w.passes(minutes=45)
    assert admin.find(
        f"Laporan {number}, Kec. Singosari", "darurat sejak Senin 2/3 pukul 22.00, belum ada yang menangani"
    )
    await w.passes(hours=7)
    figures = {role: rung(phone, number) for role, phone in (*people.items(), ("ani", ani), ("rina", rina))}
    assert figures == {"tksk": 3, "koordinator": 6, "dinsos": 6, "ani": 6, "rina": 6}
    assert len([m for m in admin.from_bot() if number in m.text]) == 1


async def test_whoever_phones_and_jsc_have_quiet_for_a_while(on_server: World) -> None:
    w = on_server
    koordinator, jsc = await w.worker("koordinator", MALANG), await w.worker("jsc", "35", "Ani")
    number = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=16)
    case = await w.case()
    await w.press(koordinator, "Sudah saya telepon")
    assert koordinator.find(
        f"Laporan {number} tidak kami bunyikan lagi sampai Senin 2/3 pukul 09.46.", "Belum ada yang"
    )
    before = rung(jsc, number)
    await w.passes(minutes=29)
    assert rung(jsc, number) == before
    await w.passes(minutes=2)
    assert rung(jsc, number) == before + 1, "and then it goes on where it was"
    for until in ("10.47", "11.47"):
        await w.press(jsc, "Tenang 1 jam", "Sudah ada yang menuju ke sana")
        assert jsc.find(f"tidak kami bunyikan lagi sampai Senin 2/3 pukul {until}.")
        before = rung(jsc, number)
        await w.passes(minutes=59)
        assert rung(jsc, number) == before
        await w.passes(minutes=1, seconds=5)
    await jsc.forge(f"Q:{case.id}:1:jalan")
    await w.settle()
    assert jsc.find("Tombol ini sudah tidak berlaku", number), "twice is enough"
    entries = await w.read(lambda s: [(e.event, timeline.facts(e)) for e in timeline.entries(s, case.id)])
    told = [(event, facts) for event, facts in entries if event in ("phone", "mute")]
    assert told == [("phone", {"role": "koordinator"}), ("mute", {"reason": "jalan"}), ("mute", {"reason": "jalan"})]


async def test_quiet_holds_nobody_back_where_nobody_is_left(w: World) -> None:
    ani, rina = await w.worker("jsc", "35", "Ani"), await w.worker("jsc", "35", "Rina")
    number = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=1)
    first, second = (ani, rina) if ani.find(number) else (rina, ani)
    await w.press(first, "Sudah saya telepon")
    await w.passes(minutes=2)
    assert not second.find(number)
    await w.press(first, "Tidak bisa", "Sedang sakit")
    assert second.find(number)
