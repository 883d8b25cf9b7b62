"""A worker's list: honest figures, the most urgent first, pages; and the ways to open a case (W6, row 161)."""

from bot.localtelegram.phones import Phone
from tests.support.world import MALANG, SINGOSARI, World

TOYOMARTO, ARDIMULYO = (f"Kab. Malang, Kec. Singosari, Desa {name}" for name in ("Toyomarto", "Ardimulyo"))


async def twelve(w: World) -> tuple[Phone, list[str]]:
    """A TKSK with twelve cases: five to be answered, five taken, two that wait; the numbers in that order."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    numbers = []
    kinds = (("Lansia", "Tidak ada"), ("Gangguan jiwa", "Tidak makan"))
    for n in range(7):
        numbers.append(await w.reports(siti, kind=kinds[n % 2][0], danger=kinds[n % 2][1], place=ARDIMULYO))
        await w.press(tksk, "Saya tangani")
    for _ in range(2):
        await w.press(tksk, "Lainnya", "Menunggu …", "Kamar RSJ", "3 hari")
        await w.say(tksk, numbers[5])
    for n in range(4):
        numbers.append(await w.reports(siti, kind=kinds[n % 2][0], danger=kinds[n % 2][1], place=TOYOMARTO))
    numbers.append(await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang", place=TOYOMARTO))
    return tksk, [*numbers[7:], *numbers[:5], *reversed(numbers[5:7])]


def listed(phone: Phone) -> list[str]:
    """The numbers on the newest page, from the top."""
    return [word for word in phone.last().text.replace("·", " ").split() if word.startswith("TS-")]


async def test_twelve_cases_stand_in_three_groups_the_most_urgent_first(w: World) -> None:
    tksk, numbers = await twelve(w)
    await w.say(tksk, "/tugas")
    page = tksk.last()
    assert "12 laporan" in page.words
    for head in ("Perlu dijawab: 5 (🔴 1 darurat)", "Perlu dikerjakan: 5", "Menunggu: 2"):
        assert head in page.words
    grave, urgent, calm = numbers[4], [numbers[1], numbers[3]], [numbers[0], numbers[2]]
    assert listed(tksk) == [grave, *urgent, *calm]
    assert "Desa Toyomarto" in page.text and "sebelum Senin 2/3 pukul 09." in page.text
    assert sum("TS-" in label for label in page.labels) == 5
    await w.press(tksk, "Berikutnya")
    assert tksk.last().message_id == page.message_id, "the page turns in its own bubble"
    assert set(listed(tksk)) == set(numbers[5:10])
    await w.press(tksk, "Berikutnya")
    assert set(listed(tksk)) == set(numbers[10:]) and "Kamar RSJ, sampai Kamis 5/3" in tksk.last().text
    assert "Berikutnya" not in " ".join(tksk.last().labels)
    await w.passes(hours=7)  # nobody has been heard of; the mendesak ones are late, and stand on top of their group
    await w.say(tksk, "/tugas")
    assert "lewat batas" in tksk.last().words
    await w.press(tksk, "Berikutnya")
    first = tksk.last().text.partition("Perlu dikerjakan")[2].splitlines()[1]
    assert first.startswith("🟠") and "lewat batas" in first


async def test_a_case_is_opened_by_its_number_its_desa_and_a_reply(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    far = await w.worker("tksk", "35.07.25", "Jauh")
    first = await w.reports(siti, place=TOYOMARTO)
    card = tksk.last()
    second = await w.reports(siti, place=ARDIMULYO)
    for typed in (first, first.lower(), first.removeprefix("TS-"), "toyo", "desa Toyomarto"):
        await w.say(tksk, typed)
        assert tksk.find(f"Rincian {first}") and tksk.last().labels[0] == "✅ Saya tangani", typed
        await w.say(tksk, "/tugas")
    third = await w.reports(siti, place=TOYOMARTO)
    await w.say(tksk, "Toyomarto")
    assert "Laporan yang mana" in tksk.last().text and set(listed(tksk)) == {first, third}
    await w.press(tksk, third)
    assert tksk.last().words.count(third)
    await tksk.say("ini yang mana ya", reply_to=card.message_id)
    await w.settle()
    assert first in tksk.last().text and "Bapak/Ibu tangani?" in tksk.last().text
    await w.say(far, second)
    assert "bukan wilayah tugas" in far.last().text, "as for a number that nobody has"
    await w.say(far, "TS-222222")
    assert "bukan wilayah tugas" in far.last().text


async def test_the_list_is_each_workers_own(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    number = await w.reports(siti)
    await w.say(koordinator, "/tugas")
    assert koordinator.last().words.startswith("Tidak ada laporan yang menunggu")
    await siti.forge("Z:0")
    await w.settle()
    assert number not in siti.last().text, "whoever has no role has no list"
    await w.say(tksk, "/tugas")
    assert listed(tksk) == [number]
