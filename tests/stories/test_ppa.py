"""Violence and children go to UPTD PPA first where the settings say so, and to a TKSK only by hand (row 37)."""

from typing import Any

import pytest

from bot.localtelegram.phones import Phone
from storage import register, roster, timeline
from storage.session import Session
from tests.stories.test_looking_at import opens
from tests.support.ppa import by_sort
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

KIND, DANGER = "Dipukul", "Dilecehkan"
PHONE = "+6281234567890"


@pytest.fixture
async def p(w: World) -> World:
    """A world where the override for `ppa` of the example is switched on."""
    await again(w)
    return w


async def again(w: World, **escalation: Any) -> None:
    """The bot is started again with these ladders; with none with those of the example."""
    await w.stop()
    await w.start(escalation=escalation or by_sort())


async def others(w: World) -> dict[str, Phone]:
    """Everybody else who could be asked."""
    posts = (("tksk", SINGOSARI), ("deputy", SINGOSARI), ("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35"))
    return {role: await w.worker(role, area, role) for role, area in posts}


def asked(number: str, people: dict[str, Phone]) -> set[str]:
    """Whose phones show the number."""
    return {role for role, phone in people.items() if phone.find(number)}


async def test_ppa_is_asked_first_and_the_tksk_is_not(p: World) -> None:
    people = {"ppa": await p.worker("ppa", MALANG, "Wati"), **await others(p)}
    elsewhere = await p.worker("ppa", "35.08", "Jauh")
    siti = p.person("Siti")
    number = await p.reports(siti, kind=KIND, danger=DANGER)
    assert asked(number, people) == {"ppa"} and not elsewhere.find(number)
    assert people["ppa"].find("Untuk UPTD PPA, Kec. Singosari", number, "Mohon dijawab sebelum")
    assert siti.find(number, "Laporan langsung kami teruskan ke UPTD PPA kabupaten.")
    usual = await p.reports(p.person(), kind="Lansia")
    assert asked(usual, people) == {"tksk"}, "what is of another sort goes the usual way"
    child = await p.reports(p.person(), kind="Anak", danger="Tidak makan")
    assert asked(child, people) == {"ppa"}
    abused = await p.reports(p.person(), kind="Disabilitas", danger="Dipukul")
    assert asked(abused, people) == {"ppa"}, "by its flag, whatever its category is"


async def test_ppa_takes_it_notes_and_ends_it(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG, "Wati"), await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.press(ppa, "Saya tangani")
    case = await p.case()
    taken = [entry for entry in await p.read(lambda s: timeline.entries(s, case.id)) if entry.event == "acknowledge"]
    assert case.status == "acknowledged" and len(taken) == 1
    await ppa.sticker()
    await p.settle()
    await p.say(ppa, "qwrtp zxc")
    assert (await p.case()).status == "acknowledged" and ppa.from_bot(), "neither a sticker nor letters change it"
    await p.press(ppa, "Bukan catatan")
    await p.say(ppa, "Sudah ditemui pendamping")
    await p.press(ppa, "Ya, TS-")
    assert "catatan" in ppa.last().text.lower(), ppa.last().text
    await p.say(ppa, "/tugas")
    assert number in ppa.last().text
    await p.press(ppa, number, "Selesai", "Tertolong")
    assert (await p.case()).status == "closed"
    await p.passes(hours=30)
    assert not asked(number, people), "nobody else ever read of it"


async def test_a_card_at_night_rings_when_it_may(p: World) -> None:
    ppa = await p.worker("ppa", MALANG)
    await p.passes(hours=14)  # 23.00
    calm = await p.reports(p.person(), kind=KIND, danger="Tidak ada")
    assert not ppa.find(calm)
    grave = await p.reports(p.person(), kind=KIND, danger=DANGER)
    assert ppa.find(grave), "sexual violence rings at any hour"
    await p.press(ppa, "Tidak bisa", "Sedang sakit")
    await p.passes(hours=9)
    assert ppa.find(calm)


@pytest.mark.parametrize("why", ["vacant", "blocked", "sleeping"])
async def test_where_no_ppa_is_bound_dinsos_is_asked_at_once_and_admins_hear_it(p: World, why: str) -> None:
    admin, people = await p.worker("admin", "35"), await others(p)
    if why == "blocked":
        await (await p.worker("ppa", MALANG)).block()
        await p.settle()
    if why == "sleeping":
        await opens(p, p.person("Wati"), "ppa", MALANG)
    siti = p.person("Siti")
    number = await p.reports(siti, kind=KIND, danger=DANGER)
    assert asked(number, people) == {"dinsos"}
    assert siti.find(number, "Laporan langsung kami teruskan ke Dinas Sosial kabupaten.")
    assert admin.find("Di Kab. Malang tidak ada UPTD PPA kabupaten/kota yang bisa", f"{number} langsung ke Dinas")
    await p.passes(hours=6, minutes=1)
    assert asked(number, people) == {"dinsos", "jsc"}, "those above keep the times of the table"


async def test_a_silent_ppa_is_climbed_past_and_named_to_whoever_is_asked_next(p: World) -> None:
    ppa = await p.worker("ppa", MALANG, "Wati")

    def known(session: Session) -> None:
        (member,) = roster.roles_of(session, chat_of(session, ppa))
        roster.set_name(session, member, "Wati")
        register.set_phone(session, member, PHONE)

    await p.read(known)
    people = await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.passes(hours=1, minutes=1)
    assert ppa.last().text.startswith("⏰") or number in ppa.last().text
    assert not asked(number, people)
    await p.passes(hours=1)
    assert asked(number, people) == {"dinsos"}
    card = people["dinsos"].last()
    assert "UPTD PPA kabupaten/kota Wati" in card.text and PHONE in card.text
    await p.passes(hours=4)
    assert asked(number, people) == {"dinsos", "jsc"}


async def test_a_refusal_of_ppa_asks_dinsos_at_once(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG), await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.press(ppa, "Tidak bisa", "Sedang sakit")
    assert asked(number, people) == {"dinsos"}


async def test_only_by_hand_the_tksk_comes_in(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG), await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.press(ppa, "Saya tangani", "Serahkan ke")
    assert ppa.last().labels[0] == "👤 petugas kecamatan (TKSK)"
    await p.press(ppa, "petugas kecamatan (TKSK)")
    assert people["tksk"].find(number, "UPTD PPA kabupaten/kota", "meminta Bapak/Ibu menerima laporan ini")
    await p.press(people["tksk"], "Terima")
    assert (await p.case()).status == "acknowledged" and asked(number, people) == {"tksk"}
    await p.press(people["tksk"], "Serahkan ke")
    assert any("UPTD PPA" in label for label in people["tksk"].last().labels), "and it goes back the same way"


async def test_a_tksk_may_hand_violence_to_ppa_and_nothing_else(w: World) -> None:
    tksk, ppa = await w.worker("tksk", SINGOSARI), await w.worker("ppa", MALANG)
    await w.worker("koordinator", MALANG)
    await w.reports(w.person(), kind="Lansia")
    await w.press(tksk, "Saya tangani", "Serahkan ke")
    assert not any("UPTD PPA" in label for label in tksk.last().labels)
    await w.press(tksk, "Tidak jadi", "Selesai", "Tertolong")
    number = await w.reports(w.person(), kind=KIND, danger=DANGER)
    assert not ppa.find(number), "without an override the usual ladder holds"
    await w.press(tksk, "Saya tangani", "Serahkan ke", "UPTD PPA")
    await w.press(ppa, "Terima")
    assert (await w.case()).status == "acknowledged" and ppa.find("Sudah Bapak/Ibu terima")


async def test_a_corrected_kind_goes_to_ppa_with_a_fresh_clock_and_back(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG), await others(p)
    tksk, siti = people["tksk"], p.person("Siti")
    number = await p.reports(siti, kind="Lansia")
    assert tksk.find(number) and not ppa.find(number)
    await p.passes(hours=5)
    await p.say(siti, number)
    await p.press(siti, "Salah jenis", KIND, DANGER)
    assert ppa.find(number, "Untuk UPTD PPA", "Mohon dijawab sebelum")
    assert tksk.find(f"Laporan {number} dibetulkan pelapornya") and "Saya tangani" not in " ".join(tksk.buttons())
    case = await p.case()
    assert (case.round, case.rung, case.urgency) == (2, 0, "mendesak")
    assert case.round_at == await p.read(lambda s: timeline.last(s, case.id, "correct"))
    before = len([message for message in tksk.from_bot() if number in message.text])
    await p.press(ppa, "Saya tangani", "Ubah gawat, tempat, jenis", "Salah jenis", "Lansia", "Tidak ada")
    assert ppa.find(f"Laporan {number} sudah diubah, dan kami teruskan ke petugas yang sesuai")
    case = await p.case()
    assert (case.category, case.round, case.rung) == ("lansia", 3, 0)
    assert len([message for message in tksk.from_bot() if number in message.text]) > before, "the TKSK is asked again"
    assert "Saya tangani" in " ".join(tksk.buttons())
    assert asked(number, people) == {"tksk"}
    await p.press(tksk, "Saya tangani", "Ubah gawat, tempat, jenis", "Salah jenis", KIND, DANGER)
    case = await p.case()
    assert (case.category, case.round, case.rung, case.owner_id) == ("kekerasan", 4, 0, None)
    assert "Saya tangani" in " ".join(ppa.buttons()), "and from whoever has it to ppa as well"


async def test_a_tksk_who_got_it_by_hand_keeps_it_when_they_correct_it(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG), await others(p)
    await p.reports(p.person(), kind=KIND, danger="Dilecehkan")
    await p.press(ppa, "Saya tangani", "Serahkan ke", "petugas kecamatan (TKSK)")
    await p.press(people["tksk"], "Terima", "Ubah gawat, tempat, jenis", "Salah jenis", "Anak", "Tidak makan")
    case = await p.case()
    assert (case.category, case.status, case.round) == ("anak", "acknowledged", 1)


async def test_danger_that_comes_later_keeps_the_ladder_of_its_sort(p: World) -> None:
    ppa, people = await p.worker("ppa", MALANG), await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.press(ppa, "Jadikan darurat")
    assert (await p.case()).urgency == "darurat"
    assert asked(number, people) == {"dinsos"}, "those of the first rung who were not asked yet"
    await p.passes(minutes=16)
    assert asked(number, people) == {"dinsos", "jsc"}


async def test_a_case_keeps_the_ladder_of_its_sort(p: World) -> None:
    _, people = await p.worker("ppa", MALANG), await others(p)
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    await p.stop()
    await p.start()
    await p.passes(hours=2, minutes=1)
    assert asked(number, people) == {"dinsos"}, "no deputy and no koordinator: the usual ladder is for later ones"


async def test_a_reporter_reads_that_uptd_ppa_is_asked(w: World) -> None:
    rungs = [{"after": "0s", "ask": ["tksk"]}, {"after": "2h", "ask": ["ppa"]}]
    await again(w, override=[{"category": ["lansia"], "biasa": {"repeat": "24h", "hours": "always", "rungs": rungs}}])
    await w.worker("tksk", SINGOSARI)
    await w.worker("ppa", MALANG)
    siti = w.person("Siti")
    number = await w.reports(siti, kind="Lansia")
    await w.passes(hours=2, minutes=1)
    assert siti.find(f"Laporan {number}: UPTD PPA kabupaten sekarang ikut dihubungi.")


async def test_a_place_goes_before_a_sort(w: World) -> None:
    usual = {"repeat": "3h", "hours": "always", "rungs": [{"after": "0s", "ask": ["tksk"]}]}
    ladders = by_sort()
    await again(w, override=[*ladders["override"], {"kecamatan": [SINGOSARI], "mendesak": usual}])
    people = {"ppa": await w.worker("ppa", MALANG), **await others(w)}
    number = await w.reports(w.person(), kind=KIND, danger=DANGER)
    assert asked(number, people) == {"tksk"}


async def test_the_link_binds_ppa_who_sleeps_until_an_admin_has_looked(p: World) -> None:
    admin, wati, people = await p.worker("admin", "35"), p.person("Wati"), await others(p)
    await opens(p, wati, "ppa", MALANG)
    assert "Pengelola memeriksa dulu" in wati.last().text
    assert admin.find("UPTD PPA kabupaten/kota", "Kab. Malang", "Apakah benar orangnya?")
    await p.press(admin, "Benar")
    assert wati.find("Sudah diperiksa")
    number = await p.reports(p.person(), kind=KIND, danger=DANGER)
    assert wati.find(number) and not asked(number, people)
    await p.say(wati, "/bantuan")
    assert wati.last().text
