"""Places as people speak of them: outside, by a landmark, by a name that many places bear (R7)."""

from typing import Any

import pytest

from bot.localtelegram.phones import Phone
from storage import cases
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import begin, go, step_asked
from tests.support.world import World

KEPANJEN = "35.07.13"


async def reported(w: World, phone: Phone) -> Any:
    """The newest report of this person."""
    found = await w.read(lambda s: cases.reports_of(s, chat_of(s, phone)))
    return found[0][1]


async def taken_by(w: World, tksk: Phone) -> str:
    """What whoever takes the case reads of it."""
    before = len(tksk.from_bot())
    await w.press(tksk, "Saya tangani")
    return "\n".join(message.text for message in tksk.from_bot()[before:])


# --- outside -------------------------------------------------------------------------------------------------


async def test_a_place_outside_is_said_to_be_outside_and_may_be_looked_for_all_the_same(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "jakarta")
    assert siti.find("Setahu kami, Jakarta di luar Jawa Timur", "lapor.go.id")
    assert not [label for label in siti.last().labels if "Jokarto" in label]
    await w.press(siti, "Tetap cari di Jawa Timur")
    assert any("Desa Jokarto" in label for label in siti.last().labels)
    await w.press(siti, "Kembali")
    assert siti.last().labels[0] == "🔎 Tetap cari di Jawa Timur"
    await w.press(siti, "Pilih tempat lain")
    assert siti.find("Di mana orangnya sekarang?")
    await w.say(siti, "wonogiri jawa tengah")
    await w.press(siti, "Selesai")
    assert step_asked(siti) == ""


async def test_a_name_that_lies_on_both_sides_may_be_said_to_be_outside(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "bandung")
    assert siti.find("Bandung di kabupaten atau kota mana?") and "🚫 Di luar Jawa Timur" in siti.last().labels
    await w.press(siti, "Di luar Jawa Timur")
    assert siti.find("Setahu kami, Bandung di luar Jawa Timur")
    await w.say(siti, "bandung tulungagung")
    await w.press(siti, "Kec. Bandung")
    await go(w, siti, "", ("35.04.17.2001",))
    assert (await reported(w, siti)).kecamatan == "35.04.17"


# --- landmarks -----------------------------------------------------------------------------------------------


async def test_landmark_words_reach_whoever_goes_there(w: World) -> None:
    tksk, siti = await w.worker("tksk", KEPANJEN), w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "deket alun alun Kepanjen")
    assert "Kec. Kepanjen · Kab. Malang" in siti.last().labels
    assert not [label for label in siti.last().labels if "Deket" in label]
    await w.press(siti, "Kec. Kepanjen · Kab. Malang", "Tidak tahu")
    assert siti.find("Patokannya kami catat: deket alun alun Kepanjen")
    await w.say(siti, "warung bakso biru")
    await go(w, siti, "tinjau")
    assert siti.find("Kec. Kepanjen, Kab. Malang", "alun alun Kepanjen", "warung bakso biru")
    await go(w, siti, "")
    assert not tksk.find("alun alun")
    read = await taken_by(w, tksk)
    assert "deket alun alun Kepanjen" in read and "warung bakso biru" in read


async def test_a_landmark_alone_is_kept_and_the_place_is_asked_for(w: World) -> None:
    tksk, siti = await w.worker("tksk", KEPANJEN), w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "di depan RSUD Kanjuruhan")
    assert siti.find("Patokannya kami catat: di depan RSUD Kanjuruhan. Itu di desa dan kecamatan mana")
    assert not [label for label in siti.last().labels if "Kec." in label or "Desa" in label]
    await w.say(siti, "dsn krajan")
    await w.say(siti, "kepanjen malang")
    await w.press(siti, "Kec. Kepanjen · Kab. Malang", "Tidak tahu")
    await w.press(siti, "Lewati")
    await go(w, siti, "")
    read = await taken_by(w, tksk)
    assert "di depan RSUD Kanjuruhan" in read and "dsn krajan" in read


async def test_a_landmark_said_at_a_list_leaves_the_list_and_is_kept(w: World) -> None:
    tksk, siti = await w.worker("tksk", KEPANJEN), w.person()
    await begin(w, siti, "tempat")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Kepanjen")
    shown = siti.last().labels
    await w.say(siti, "dsn krajan rt 3 rw 5")
    assert siti.last().labels == shown and siti.find("Kec. Kepanjen: mohon pilih desa", "☑️ dsn krajan rt 3 rw 5")
    await w.press(siti, "Tidak tahu")
    await go(w, siti, "")
    assert "dsn krajan rt 3 rw 5" in await taken_by(w, tksk)


async def test_a_landmark_is_kept_where_none_is_asked_for(w: World) -> None:
    """Nobody asks for the landmark of somebody who is missing: it stands beside the place."""
    tksk, siti = await w.worker("tksk", KEPANJEN), w.person()
    await begin(w, siti, "tempat", jenis="lain", bahaya="hilang")
    await w.say(siti, "terakhir di terminal Kepanjen")
    await w.press(siti, "Kec. Kepanjen · Kab. Malang", "Tidak tahu")
    await go(w, siti, "tinjau")
    assert siti.find("Kec. Kepanjen, Kab. Malang (terminal Kepanjen)")
    await go(w, siti, "")
    assert "terminal Kepanjen" in await taken_by(w, tksk)


async def test_a_whole_sentence_is_kept_with_the_place_in_it(w: World) -> None:
    tksk, siti = await w.worker("tksk", KEPANJEN), w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "bapaknya biasa mondar mandir malam hari di depan stasiun Kepanjen")
    await w.press(siti, "Kec. Kepanjen · Kab. Malang", "Tidak tahu")
    await go(w, siti, "")
    assert "mondar mandir malam hari" in await taken_by(w, tksk)


async def test_who_knows_no_place_loses_no_landmark(w: World) -> None:
    jsc, siti = await w.worker("jsc", "35"), w.person()
    await begin(w, siti, "tempat", jenis="odgj", bahaya="pasung")
    await w.say(siti, "pasar besar")
    await w.press(siti, "Tidak tahu", "Lewati")
    await go(w, siti, "")
    assert "pasar besar" in await taken_by(w, jsc)


async def test_a_changed_place_forgets_the_landmark_of_the_old_one(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "masjid agung, kepanjen")
    await w.press(siti, "Kec. Kepanjen · Kab. Malang", "Tidak tahu")
    await go(w, siti, "tinjau")
    await w.press(siti, "Ubah", "Tempat")
    await go(w, siti, "tinjau")
    assert "masjid agung" not in siti.last().text


# --- many of one name ----------------------------------------------------------------------------------------


async def test_a_name_of_many_places_is_asked_for_by_kabupaten(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "dekat pasar sukorejo")
    assert siti.find("Sukorejo di kabupaten atau kota mana?")
    assert {"Kab. Ponorogo", "Kab. Bojonegoro", "Kota Blitar"} <= set(siti.last().labels)
    await w.press(siti, "Kab. Ponorogo")
    assert siti.last().labels[0] == "Kec. Sukorejo · Kab. Ponorogo"
    assert "Desa Sukorejo · Kec. Sukorejo · Kab. Ponorogo" in siti.last().labels
    await w.press(siti, "Bukan semua")
    assert siti.find("Sukorejo di Kab. Ponorogo: mohon pilih kecamatannya.")
    await w.press(siti, "Kec. Babadan")
    assert siti.find("Sukorejo di Kec. Babadan: mohon pilih desa")
    await w.press(siti, "Kembali", "Kembali", "Kembali")
    assert siti.find("Sukorejo di kabupaten atau kota mana?")
    await w.press(siti, "Bukan semua")
    assert siti.find("Sukorejo di kabupaten atau kota mana?") and "Kab. Bangkalan" in siti.last().labels
    await w.press(siti, "Kab. Bangkalan", "Kec. Arosbaya", "Desa Arosbaya")
    await go(w, siti, "tinjau")
    assert siti.find("Desa Arosbaya", "Sukorejo"), "what was said is a landmark where no place bears it"


async def test_the_kabupaten_may_be_typed_after_the_name(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "sukorejo")
    await w.say(siti, "ponorogo")
    assert siti.last().labels[0] == "Kec. Sukorejo · Kab. Ponorogo"
    await w.say(siti, "singosari malang")
    assert siti.last().labels[0] == "Kec. Singosari · Kab. Malang"


# --- nobody has to know --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["singosari malang", "sukorejo", "bandung", *each(("tetap",)), "pin"])
async def test_not_knowing_stands_on_every_list_of_places(w: World, said: str) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    if said == "pin":
        await siti.pin(-7.8925, 112.6650)
        await w.settle()
    elif said == "tetap":
        await w.say(siti, "semarang")
        await w.press(siti, "Tetap cari")
    else:
        await w.say(siti, said)
    await w.press(siti, "Tidak tahu")
    assert step_asked(siti) == "patokan"
    await go(w, siti, "")
    assert (await reported(w, siti)).kecamatan is None


# --- replies -------------------------------------------------------------------------------------------------

HERE = "Betul di sini?"


@pytest.mark.parametrize("said", each(("bener", "bener pak", "Leres, bu", "nggih pak", "iyo"), "Leres, bu"))
async def test_yes_in_any_words_confirms_the_place(w: World, said: str) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "toyomarto singosari")
    assert siti.find(HERE)
    await w.say(siti, said)
    assert step_asked(siti) == "patokan"
    await go(w, siti, "")
    assert (await reported(w, siti)).kecamatan == "35.07.24"


@pytest.mark.parametrize("said", each(("bukan", "salah pak", "dudu", "mboten"), "salah pak"))
async def test_no_in_any_words_offers_the_others(w: World, said: str) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "toyomarto singosari")
    await w.say(siti, said)
    assert "Kab. Bangkalan" in siti.last().labels


@pytest.mark.parametrize("said", ["gak jadi", "lanjut", *each(("suwun pak",)), "lanjud", "sukum"])
async def test_what_is_no_place_replaces_none(w: World, said: str) -> None:
    """The kecamatan was typed already: what is only like Desa Lanjuk, Sumenep, or Kec. Sukun, does not mean it."""
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "toyomarto singosari")
    await w.say(siti, said)
    assert siti.last().labels[0] == "Desa Toyomarto · Kec. Singosari · Kab. Malang"
    await w.say(siti, "lowokwru")
    assert siti.last().labels[0] == "Kec. Lowokwaru · Kota Malang", "a kecamatan that is clearly named does"
    await w.say(siti, "manding kidl")
    assert any("Manding" in label for label in siti.last().labels), "so does one spelt as it is"


@pytest.mark.parametrize("said", ["bener", "gak jadi", "lanjut", *each(("suwun pak", "wes suwe")), "bukan"])
async def test_a_reply_to_the_question_for_a_place_is_no_place(w: World, said: str) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, said)
    assert siti.find("Di mana orangnya sekarang?") and "🗂️ Pilih dari daftar" in siti.last().labels


async def test_a_place_with_the_name_of_a_reply_is_chosen_from_its_list(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "kec semanding tuban")
    await w.say(siti, "ya")
    await w.say(siti, "jadi")
    await w.press(siti, "Desa Jadi")
    await go(w, siti, "")
    assert (await reported(w, siti)).desa == "35.23.15.2001"


async def test_yes_to_several_places_asks_for_the_number_which_may_be_said_in_words(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat")
    await w.say(siti, "singosari")
    shown = siti.last().labels
    await w.say(siti, "iya pak")
    assert siti.find("Mohon ketik nomornya") and siti.last().labels == shown
    await w.say(siti, "yg kelima belas")
    await w.say(siti, "yg pertama")
    assert siti.find("Kec. Singosari: mohon pilih desa")
    await w.press(siti, "Kembali")
    await w.say(siti, "nomor dua pak")
    await go(w, siti, "")
    assert (await reported(w, siti)).kecamatan == "35.25.14"


async def test_a_sentence_about_the_person_is_no_landmark(w: World) -> None:
    tksk, siti = await w.worker("tksk", "35.07.24"), w.person()
    told = "namanya mbah karto umur 80 an rumahnya bocor gak ada yg ngurus"
    await begin(w, siti, "tempat")
    await w.say(siti, told)
    assert siti.find("kami tambahkan ke laporan ini") and not siti.find("Patokannya kami catat")
    await w.say(siti, "toyomarto singosari")
    await w.say(siti, "bener")
    assert step_asked(siti) == "patokan" and not siti.find("Ada patokan lain?")
    await w.say(siti, "wes suwe")
    assert step_asked(siti) == "patokan"
    await w.say(siti, "cedhak langgar")
    await go(w, siti, "")
    read = await taken_by(w, tksk)
    assert told in read and "cedhak langgar" in read and "wes suwe" not in read


async def test_a_place_typed_at_another_question_is_kept_and_asked_back(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "bahaya", jenis="lansia")
    await w.say(siti, "singosri mlg")
    assert step_asked(siti) == "bahaya" and siti.find("kami tambahkan ke laporan ini")
    await go(w, siti, "tempat")
    assert siti.last().labels[0] == "Kec. Singosari · Kab. Malang" and siti.find(HERE)
    await w.say(siti, "ya")
    assert siti.find("Kec. Singosari: mohon pilih desa")
