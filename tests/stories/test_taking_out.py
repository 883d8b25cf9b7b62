"""People can leave: taken out at once by command, moved, renamed; what they held goes on without them (row 156)."""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.localtelegram.phones import Phone
from storage import attendance, register, roster
from storage.session import Session
from storage.tables import Ask, Member, Outbox
from tests.support.forks import tersapa, write_config
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

LAWANG = "35.07.25"


async def command(w: World, *words: str) -> tuple[int, str, str]:
    """`tersapa roster …` beside the running bot, on its database and in its time."""
    assert w.app.db.file is not None
    folder = Path(w.app.db.file).parent
    telegram = f'[telegram]\ntoken = "{w.telegram.token}"\napi_url = "{w.telegram.url}"\n'
    config = write_config(folder, f'{telegram}[database]\nurl = "{w.app.db.file}"\n')
    clock = {"TERSAPA_CLOCK": f"{w.telegram.url}/control/clock"}
    run = partial(tersapa, "roster", *words, "--config", str(config), folder=folder, environment=clock)
    done = await asyncio.to_thread(run)
    w.app.sender.wake()
    await w.settle()
    return done


async def named(w: World, phone: Phone, name: str) -> None:
    def give(session: Session) -> None:
        for member in roster.roles_of(session, chat_of(session, phone)):
            roster.set_name(session, member, name)

    await w.read(give)


async def test_an_operator_puts_an_ex_worker_out_now(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await named(w, tksk, "Pak Budi")
    siti = w.person()
    held = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    asked = await w.reports(w.person("Ani"))
    link, _ = await w.read(lambda s: roster.invite(s, "tksk", SINGOSARI, w.now))
    case = await w.case()

    code, out, err = await command(w, "revoke", "pak budi", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"owned": [held], "asked": [asked], "links": 1}
    assert {asked, held} <= {word for card in koordinator.from_bot() if card.buttons for word in card.text.split()}
    assert koordinator.find("Keluar dari daftar petugas: Pak Budi", held, asked)
    assert "sudah berakhir" in tksk.last().text
    states = {row.state for row in await w.read(lambda s: s.exec(select(Ask).where(Ask.case_id == case.id)).all())}
    assert states == {"dead", "waiting"}
    for bubble in tksk.from_bot():
        assert not any((button.data or "")[:1] in "tdxgsf" for button in bubble.buttons), bubble.text

    before = len(tksk.from_bot())
    await tksk.forge(f"t:{case.id}:1")
    await w.settle()
    assert (await w.case()).status == "open"
    assert "bukan wilayah tugas" in tksk.from_bot()[before].text
    await w.passes(hours=1)
    assert siti.find(held, "dihubungi"), [m.text for m in siti.from_bot()]
    third = await w.reports(w.person("Tono"))
    await w.say(tksk, "/tugas")
    assert not tksk.find(third) and "Lapor" in " ".join(tksk.last().labels)
    (menu,) = w.telegram.calls("deleteMyCommands")
    assert str(tksk.id) in str(menu["params"]["scope"]), "their menu is a resident's again"
    other = w.person("Orang lain")
    await other.start(f"i_{link}")
    await w.settle()
    assert other.find("tidak kami kenal"), "a link that lay about binds nobody"


async def test_wrong_use_is_one_sentence_with_the_nearest_names(w: World) -> None:
    budi, other = await w.worker("tksk", SINGOSARI), await w.worker("tksk", LAWANG)
    for phone, name in ((budi, "Pak Budi"), (other, "Bu Rina")):
        await named(w, phone, name)
    code, _, err = await command(w, "revoke", "Pak Bud")
    assert code == 1 and "Nearest: Pak Budi" in err
    await named(w, other, "Pak Budi")
    code, _, err = await command(w, "revoke", "Pak Budi")
    assert code == 1 and "2 people are meant" in err and err.count("Pak Budi") == 3
    code, _, err = await command(w, "move", "Pak Budi", "--area", "Lawwung")
    assert code == 2 and "Kec. Lawang (35.07.25)" in err
    code, out, _ = await command(w, "list", "--area", "Kab. Malang", "--json")
    rows = json.loads(out)
    assert [(row["place"], row["state"]) for row in rows] == [("Kec. Singosari", "bound"), ("Kec. Lawang", "bound")]
    code, out, _ = await command(w, "revoke", rows[0]["id"])
    assert code == 0 and "open again: none" in out
    assert (await command(w, "list", "--left"))[1].count("Pak Budi") == 1


async def test_a_move_leaves_what_was_there_behind_and_opens_the_new_place(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await named(w, tksk, "Pak Budi")
    number = await w.reports(w.person())
    code, out, err = await command(w, "move", "Pak Budi", "--area", "Lawang")
    assert (code, err) == (0, ""), out
    assert tksk.find("sekarang: petugas kecamatan (TKSK), Kec. Lawang")
    assert deputy.find(number) and koordinator.find("Pindah ke Kec. Lawang: Pak Budi", number)
    assert tksk.find(await w.reports(w.person("Ani"), place="Kab. Malang, Kec. Lawang"))
    shown = json.loads((await command(w, "show", "Pak Budi", "--json"))[1])
    assert [role["area"] for role in shown["roles"]] == [LAWANG]
    old = await w.read(lambda s: s.exec(select(Member).where(Member.area == SINGOSARI, Member.role == "tksk")).one())
    assert not old.active, "what they did there stays with its place"


async def test_a_new_name_leaves_old_entries_true(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI)
    await named(w, tksk, "Pak Budi")
    await w.reports(w.person())
    await w.passes(hours=24, minutes=5)
    await w.press(tksk, "Saya tangani")
    assert deputy.find("Pak Budi")
    await w.passes(hours=1)
    assert (await command(w, "rename", "Pak Budi", "--name", "Bu Dewi"))[0] == 0
    await w.passes(minutes=1)
    case = await w.case()
    assert case.acknowledged_at is not None
    taken = case.acknowledged_at
    owner = await w.read(lambda s: s.get(Member, case.owner_id))
    assert await w.read(lambda s: register.name_at(s, owner, taken)) == "Pak Budi"
    assert await w.read(lambda s: register.name_at(s, owner, w.now)) == "Bu Dewi"
    shown = json.loads((await command(w, "show", "Bu Dewi", "--json"))[1])
    assert [former["name"] for former in shown["former_names"]] == ["Pak Budi"]


async def test_nothing_more_reaches_who_was_taken_out_and_the_night_goes_on(on_server: World) -> None:
    """Piket, deputyship, what waits for the morning: all at once."""
    w = on_server
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    rina = await w.worker("dinsos", MALANG, "Rina")
    await w.worker("dinsos", MALANG, "Joko")
    await w.passes(hours=7, minutes=1)
    await w.press(rina, "Saya piket")
    await w.passes(hours=4)
    number = await w.reports(w.person())  # 20.01: nobody is rung before the morning
    assert not tksk.find(number)
    before = len(tksk.from_bot()), len(rina.from_bot())
    for phone in (tksk, rina):
        await w.read(partial(_out, w, phone))
    await w.passes(hours=11)
    told = [
        message.text for phone, count in zip((tksk, rina), before, strict=True) for message in phone.from_bot()[count:]
    ]
    assert len(told) == 2 and all("sudah berakhir" in text for text in told), told
    assert koordinator.find(number)
    assert await w.read(lambda s: attendance.duties(s, [MALANG], w.now)) == {}
    states = await w.read(lambda s: s.exec(select(Outbox.state)).all())
    assert not {"pending", "sending"} & set(states)


def _out(w: World, phone: Phone, session: Session) -> Any:
    from bot.actions import taking_out

    return taking_out.take_out(w.turn(session), roster.roles_of(session, chat_of(session, phone)))
