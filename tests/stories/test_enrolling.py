"""A group becomes JSC's: the admins learn its chat_id, and their code posted there enrols it (W9)."""

from tests.support.world import SINGOSARI, World


async def test_a_group_is_enrolled_by_the_code_that_the_admins_read(w: World) -> None:
    admin, rina, guest = await w.worker("admin", "35"), await w.worker("jsc", "35"), w.person("Tamu")
    await w.worker("tksk", SINGOSARI)
    group, other = w.telegram.group("JSC", [rina, guest]), w.telegram.group("Arisan", [guest])
    await w.settle()
    told = {str(chat.id): message for chat in (group, other) if (message := admin.find(f"chat_id {chat.id}"))}
    assert len(told) == 2, "it is told when the bot is added"
    code = told[str(group.id)].text.rpartition(" ")[2]
    assert len(code) == 8 and code not in told[str(other.id)].text
    await group.say(guest, "/start")
    await group.say(guest, "/grup 12345678")
    await other.say(guest, f"/grup {code}")
    await w.settle()
    assert not group.from_bot() and not other.from_bot(), "a code is for one group, and nobody guesses it"
    assert len([m for m in admin.from_bot() if f"chat_id {group.id}" in m.text]) == 1, "told once"

    await group.say(rina, f"/grup {code}")
    await w.settle()
    assert group.find("menerima kartu laporan JSC") and admin.find("Grup JSC sudah dipasang")
    await w.stop()
    await w.start()
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=16)
    assert group.find(number, "DARURAT") and not other.find(number)
    before = len(admin.from_bot())
    await group.say(guest, "/start")
    await w.settle()
    assert len(admin.from_bot()) == before, "it is known"


async def test_a_code_that_was_used_enrols_nothing_any_more(w: World) -> None:
    admin, rina = await w.worker("admin", "35"), await w.worker("jsc", "35")
    await w.worker("tksk", SINGOSARI)
    group, other = w.telegram.group("JSC", [rina]), w.telegram.group("JSC Baru", [rina])
    await w.settle()
    told = {chat.id: admin.find(f"chat_id {chat.id}") for chat in (group, other)}
    codes = {chat: message.text.rpartition(" ")[2] for chat, message in told.items() if message is not None}
    await group.say(rina, f"/grup {codes[group.id]}")
    await w.settle()
    await other.say(rina, f"/grup {codes[group.id]}")
    await w.settle()
    assert group.find("menerima kartu laporan JSC") and not other.from_bot(), "it was for the first group"
    await other.say(rina, f"/grup {codes[other.id]}")
    await w.settle()
    await group.say(rina, f"/grup {codes[group.id]}")
    await w.settle()
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=16)
    assert other.find(number, "DARURAT") and not group.find(number), "a used code does not take it back"
