"""Every binding is looked at by a second person; a new handset cuts the old one; silence is flagged (row 149)."""

import json
from datetime import datetime, timedelta

from sqlmodel import select

from bot.actions import binding
from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from storage import roster
from storage.session import Session
from storage.tables import Member
from tests.stories.test_taking_out import LAWANG, command, named
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def opens(w: World, phone: Phone, role: str, area: str) -> str:
    """They open a link that somebody must look at; returns the id of their entry."""
    token, _ = await w.read(lambda s: roster.invite(s, role, area, w.now, trusted=False))
    await phone.start(f"i_{token}")
    await w.settle()
    members = await w.read(lambda s: [*roster.sleeping(s, chat_of(s, phone)), *roster.roles_of(s, chat_of(s, phone))])
    return str(members[0].id)


async def test_a_koordinator_sleeps_until_an_admin_has_looked(on_server: World) -> None:
    w = on_server
    admin, tksk = await w.worker("admin", "35"), await w.worker("tksk", SINGOSARI)
    rahma, wrong = w.person("Rahma"), w.person("Orang lain")
    member = await opens(w, rahma, "koordinator", MALANG)
    assert "Pengelola memeriksa dulu" in rahma.last().text and admin.find("membuka undangan", "Apakah benar orangnya?")
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    assert not rahma.find(number), "nobody asks who sleeps"
    case = await w.case()
    await rahma.forge(b.Read(case.id, 1).pack())
    await rahma.forge(b.Keep("benar", member, b.NOWHERE, 0).pack())
    await tksk.forge(b.Keep("benar", member, b.NOWHERE, 0).pack())
    await w.settle()
    assert not rahma.find(number), "and no case opens"
    await w.say(rahma, "/tugas")
    assert "Pengelola memeriksa dulu" in rahma.last().text
    await w.press(admin, "Benar")
    assert rahma.find("Sudah diperiksa") and rahma.find(number), "awake, they are asked for what waits"
    await admin.forge(b.Keep("benar", member, b.NOWHERE, 0).pack())
    own = await opens(w, admin, "jsc", "35")
    await admin.forge(b.Keep("benar", own, b.NOWHERE, 0).pack())
    await w.settle()
    assert [one.id for one in await w.read(lambda s: roster.asleep(s))] == [own], "nobody looks at themselves"
    await w.read(lambda s: binding.send_away(w.turn(s), roster.asleep(s)[0]))
    await opens(w, wrong, "jsc", "35")
    await w.press(admin, "Bukan, keluarkan")
    assert "bukan untuk ponsel ini" in wrong.last().text
    assert await w.read(lambda s: roster.asleep(s)) == []


async def test_one_list_a_day_and_all_of_them_or_one_by_one(w: World) -> None:
    admin, koordinator = await w.worker("admin", "35"), await w.worker("koordinator", MALANG)
    people = [w.person(f"Orang {n}") for n in range(3)]
    for phone, role, area in zip(people, ("tksk", "deputy", "volunteer"), (SINGOSARI, SINGOSARI, LAWANG), strict=True):
        await opens(w, phone, role, area)
    assert people[0].find("Laporan baru akan masuk"), "who works in a kecamatan is there at once"
    await named(w, people[0], "Pak Budi")
    assert not koordinator.find("untuk diperiksa")
    await w.passes(hours=23, minutes=1)
    assert koordinator.find("Petugas baru untuk diperiksa, Bapak/Ibu: 3", "Pak Budi")
    late = w.person("Telat")
    await opens(w, late, "tksk", "35.07.01")
    await w.press(koordinator, "wakil petugas", "Bukan, keluarkan", "Ya, keluarkan")
    assert "sudah berakhir" in people[1].last().text
    told = koordinator.find("untuk diperiksa")
    assert told is not None
    (everybody,) = [button.data for button in told.buttons if "Semua benar" in button.label]
    for phone in (people[0], admin, koordinator):
        await phone.forge(everybody or "")
        await w.settle()
    assert admin.find("Sudah diperiksa: 2"), "whoever keeps the roster may, and they are counted once"
    await w.passes(hours=24)
    assert len([m for m in koordinator.from_bot() if "untuk diperiksa" in m.text]) == 2, "who came later, the next day"
    assert admin.find("untuk diperiksa") is None


async def test_a_new_handset_cuts_the_old_one_and_has_the_open_cards(w: World) -> None:
    await w.worker("koordinator", MALANG)
    tksk, new = await w.worker("tksk", SINGOSARI), w.person("Budi, HP baru")
    number, other = await w.reports(w.person()), await w.reports(w.person("Ani"))
    await w.press(tksk, "Saya tangani")

    def link(session: Session) -> str:
        (member,) = roster.roles_of(session, chat_of(session, tksk))
        return roster.invite(session, "tksk", SINGOSARI, w.now, member.id, trusted=False)[0]

    await new.start(f"i_{await w.read(link)}")
    await w.settle()
    assert "sekarang di ponsel lain" in tksk.last().text
    taken = (await w.case()).number
    asked = other if taken == number else number
    assert new.find(asked) and not any(number in m.text or other in m.text for m in tksk.screen() if m.buttons)
    before = len(tksk.from_bot())
    await w.say(tksk, "/tugas")
    assert "Lapor" in " ".join(tksk.from_bot()[before].labels), "a resident again"
    await w.say(new, "/tugas")
    assert number in new.last().text and other in new.last().text


async def test_another_phone_for_a_role_above_is_looked_at_first(w: World) -> None:
    admin, rahma, new = await w.worker("admin", "35"), await w.worker("koordinator", MALANG), w.person("HP baru")
    (member,) = await w.read(lambda s: roster.roles_of(s, chat_of(s, rahma)))
    token, _ = await w.read(lambda s: roster.invite(s, "koordinator", MALANG, w.now, member.id, trusted=False))
    await new.start(f"i_{token}")
    await w.settle()
    assert "Ada ponsel lain" in rahma.last().text
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert rahma.find(number) and not new.find(number), "a stranger with a link stops nobody's work"
    await w.press(admin, "Benar")
    assert "sekarang di ponsel lain" in rahma.last().text and new.find(number)


async def test_fourteen_days_without_a_press_are_flagged_and_the_first_admin_comes_within_an_hour(w: World) -> None:
    koordinator, tksk = await w.worker("koordinator", MALANG), await w.worker("tksk", SINGOSARI)
    active = await w.worker("tksk", LAWANG)
    await named(w, tksk, "Pak Budi")

    def long_ago(session: Session) -> None:
        for member in session.exec(select(Member)).all():
            member.bound_at = w.now - timedelta(days=13, hours=12)
            session.add(member)

    await w.read(long_ago)
    await w.say(active, "/tugas")
    await w.passes(hours=24)
    (told,) = [message for message in koordinator.from_bot() if "14 hari tanpa kegiatan: 1" in message.text]
    assert "Pak Budi" in told.text and "Kec. Lawang" not in told.text
    rows = json.loads((await command(w, "list", "--json"))[1])
    assert {row["place"] for row in rows if "silent for 14 days" in row["flags"]} == {"Kec. Singosari", "Kab. Malang"}
    code, out, err = await command(w, "invite", "--role", "admin", "--name", "Bu Head", "--json")
    assert code == 0, err
    late, first = w.person("Terlambat"), w.person("Bu Head")
    link = json.loads(out)["link"]
    assert timedelta(minutes=59) < datetime.fromisoformat(json.loads(out)["expires"]) - w.now <= timedelta(minutes=61)
    await first.open(link)
    await w.settle()
    assert first.find("Selamat bergabung", "pengelola"), "nobody stands above the first one"
    out = (await command(w, "invite", "--role", "admin", "--json"))[1]
    await late.open(json.loads(out)["link"])
    await w.settle()
    assert late.find("Pengelola memeriksa dulu") and first.find("membuka undangan"), "the second is looked at"
