"""JSC's group: one silent card without personal data; whoever is of JSC holds it there and gives it back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.localtelegram.phones import Group, Phone
from storage import roster
from tests.support.references import chat_of
from tests.support.resident import begin
from tests.support.world import MALANG, SINGOSARI, World, world

STORY = "Pak Karso, rumah cat hijau nomor 12, telepon 081234567890"


@pytest.fixture
async def jsc(tmp_path: Path) -> AsyncIterator[tuple[World, Group, Phone, Phone, Phone]]:
    """A world whose JSC has two operators and a group, in which somebody without a role sits too."""
    async with world(tmp_path) as w:
        rina, joko = await w.worker("jsc", "35", "Rina"), await w.worker("jsc", "35", "Joko")
        guest = w.person("Tamu")
        group = w.telegram.group("JSC", [rina, joko, guest])
        await w.stop()
        await w.start(jsc={"chat_id": group.id})
        await w.worker("tksk", SINGOSARI)
        yield w, group, rina, joko, guest


async def _climbed(w: World) -> tuple[Phone, str]:
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang", story=STORY)
    await w.passes(minutes=16)
    return siti, number


async def test_the_group_reads_one_silent_card_and_nothing_personal(
    jsc: tuple[World, Group, Phone, Phone, Phone],
) -> None:
    w, group, rina, *_ = jsc
    _, number = await _climbed(w)
    card = group.find(number, "DARURAT", "Singosari")
    assert card is not None and card.silent
    assert card.labels == ["✋ Saya pegang (JSC)"]
    assert not any(word in m.text for m in group.from_bot() for word in ("Karso", "hijau", "0812", "Menyerang"))
    assert len(group.from_bot()) == 1
    assert rina.find(number), "the one on duty is asked by name as well"


async def test_of_a_case_under_protection_the_group_reads_the_kecamatan_only(
    jsc: tuple[World, Group, Phone, Phone, Phone],
) -> None:
    w, group, rina, *_ = jsc
    siti = w.person()
    await begin(w, siti, "", jenis="kekerasan", bahaya="serang")
    await w.passes(minutes=16)
    card = group.find("DARURAT", "Perlindungan", "Kec. Singosari")
    assert card is not None and card.labels == ["✋ Saya pegang (JSC)"]
    await group.press(rina, "Saya pegang (JSC)")
    await w.settle()
    assert group.find("Sudah ditangani tim provinsi", "Kec. Singosari")
    assert rina.find("sekarang Bapak/Ibu tangani", "Desa Toyomarto", "Dipukul"), "in private it is the whole case"
    everything = "\n".join(message.text for message in group.from_bot())
    assert not [word for word in ("Toyomarto", "Dipukul", "Menyerang", "senjata") if word in everything]


async def test_a_worker_is_a_role_in_the_group_and_a_name_in_private(
    jsc: tuple[World, Group, Phone, Phone, Phone],
) -> None:
    w, group, rina, *_ = jsc
    budi = await w.worker("tksk", "35.07.25")
    await w.read(lambda s: roster.set_name(s, roster.roles_of(s, chat_of(s, budi))[0], "Budi Santoso"))
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang", place="Kab. Malang, Kec. Lawang")
    await w.passes(minutes=16)
    await w.press(budi, "Saya tangani")
    assert group.find(number, "Sudah ditangani petugas kecamatan (TKSK) sejak Senin 2/3 pukul")
    assert rina.find(number, "Sudah ditangani petugas kecamatan (TKSK) Budi Santoso")
    assert not group.find("Budi")


async def test_held_in_the_group_and_given_back_by_a_colleague(jsc: tuple[World, Group, Phone, Phone, Phone]) -> None:
    w, group, rina, joko, guest = jsc
    siti, number = await _climbed(w)
    await group.press(guest, "Saya pegang (JSC)")
    await w.settle()
    assert (await w.case()).status == "open", "to sit in the group is no authority"
    await group.press(joko, "Saya pegang (JSC)")
    await w.settle()
    assert joko.find("sekarang Bapak/Ibu tangani"), "details come in private only"
    held = group.find(number, "Sudah ditangani tim provinsi")
    assert held is not None and held.edited and held.labels == ["🔁 Kembalikan"]
    await w.passes(minutes=6)
    assert siti.find(number, "sudah ada petugas sosial")
    await group.press(guest, "Kembalikan")
    await w.settle()
    assert (await w.case()).status == "acknowledged"
    case = await w.case()
    koordinator = await w.worker("koordinator", MALANG)
    await koordinator.forge(f"g:{case.id}:1")
    await w.settle()
    assert (await w.case()).status == "acknowledged", "what JSC holds only JSC gives back"
    await group.press(rina, "Kembalikan")
    await w.settle()
    assert (await w.case()).status == "open"
    await w.passes(minutes=6)
    assert "sedang dihubungi" in siti.last().text or "belum ada petugas" in siti.last().text
    again = group.find(number)
    assert again is not None and again.labels == ["✋ Saya pegang (JSC)"]


async def test_pressing_again_at_the_end_says_when_everybody_is_asked_again(
    jsc: tuple[World, Group, Phone, Phone, Phone],
) -> None:
    w, _, rina, joko, _ = jsc
    _, number = await _climbed(w)
    await w.press(rina, "Eskalasi sekarang")
    assert joko.find(number), "the second name, at once"
    asked = len(rina.from_bot())
    await w.press(joko, "Eskalasi sekarang")
    assert joko.find(number, "sudah dihubungi", "paling lambat")
    assert len(rina.from_bot()) == asked


async def test_a_worker_without_the_right_reads_so_in_private_even_when_the_toast_is_lost(
    jsc: tuple[World, Group, Phone, Phone, Phone],
) -> None:
    w, group, *_ = jsc
    far = await w.worker("tksk", "35.07.25", "Jauh")
    w.telegram.desk.ask("join", chat=group.id, user=far.id)
    await _climbed(w)
    w.telegram.fault("error", method="answerCallbackQuery", code=500, times=9)
    before = len(group.from_bot())
    await group.press(far, "Saya pegang (JSC)")
    await w.settle()
    assert far.find("bukan wilayah tugas")
    assert len(group.from_bot()) == before and (await w.case()).status == "open"
