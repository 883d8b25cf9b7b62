"""Buttons of one question or card can be told apart, also when they are typed."""

import itertools
from collections.abc import Iterator

import pytest

from bot.actions import respond
from bot.core.grades import CALMER
from bot.core.leave_days import LENGTHS
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.core.passing import REASONS
from bot.core.question import Question
from bot.core.typed import simple
from bot.texts import case_buttons
from bot.texts.catalog import LANGUAGES, ORIGINAL
from handlers.questions import typed_choice
from tests.rules.catalogs.reading import KNOWLEDGE, KNOWN, PICKS, TEXTS, catalog


def questions() -> Iterator[tuple[str, str, Question]]:
    """The questions that have choices of our own: (step, name, question)."""
    review: dict[str, object] = {
        "siapa": "jalan",
        "jenis": "odgj",
        "bahaya": "pasung",
        "patokan": {},
        "kapan": "lama",
        "cerita": {},
    }
    review |= {"foto": "tanpa", "kontak": "bot", "tempat": {"kab": None, "kec": None, "desa": None}}
    plain = ("setuju", "siapa", "jenis", "meninggal", "tempat", "kapan", "kontak", "hp")
    drafts: list[tuple[str, dict[str, object]]] = [(name, {}) for name in plain]
    drafts += [("bahaya", {"jenis": code}) for code in KNOWLEDGE.categories]
    grave: dict[str, object] = {"jenis": "odgj", "bahaya": "serang"}
    drafts += [("gawat", grave), ("gawat", {**grave, "siapa": "sendiri"})]
    leave: dict[str, object] = {"sejak": "2026-03-02", "hingga": "2026-03-05", "pengganti": "tidakada", "_wakil": True}
    drafts += [(name, leave) for name in ("sejak", "hingga", "pengganti", "yakin")]
    drafts += [("sejak", {"_sejak": True}), ("hingga", {**leave, "_hingga": True})]
    drafts += [("setuju", {"_lengkap": True}), ("tinjau", review)]
    quick: dict[str, object] = {"_cepat": True, "jenis": "lain", "bahaya": "tidakada", "rekam": {"berkas": True}}
    drafts += [("bahaya", {"_cepat": True}), ("rekam", quick), ("tinjau", quick), ("tinjau", {**quick, "setuju": "x"})]
    drafts += [("tinjau", {**quick, "_lengkap": True}), ("tempat", {"_cepat": True})]
    drafts += [("tinjau", {**review, "_lompat": True}), ("tinjau", {**review, "_ubah": True})]
    for step, answers in drafts:
        name = "-".join(str(answers[k]) for k in ("jenis",) if k in answers)
        yield step, f"{step} {name}".strip(), PICKS[step].ask(answers, KNOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_one_question_read_differently(language: str) -> None:
    speech = TEXTS.of(language)
    nav = [simple(speech.word("b-kembali")), simple(speech.word("b-batal"))]
    for _, name, question in questions():
        labels = [*(simple(speech.label(choice.label)) for choice in question.choices), *nav]
        assert all(labels), name
        assert len(set(labels)) == len(labels), (name, labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_word_means_one_button_where_it_does_in_the_original(language: str) -> None:
    """A typed first word is a press; a translation must not take that away."""

    def firsts(speaking: str, question: Question) -> list[str]:
        return [simple(TEXTS.of(speaking).label(choice.label)).split()[0] for choice in question.choices]

    for _, name, question in questions():
        here, there = firsts(language, question), firsts(ORIGINAL, question)
        same = [
            (here[n], name)
            for n, m in itertools.combinations(range(len(here)), 2)
            if here[n] == here[m] and there[n] != there[m]
        ]
        assert not same


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_yes_or_no_names_no_danger(language: str) -> None:
    speech = TEXTS.of(language)
    for step, name, question in questions():
        if step == "bahaya":
            for typed in ("ya", "tidak", "tak", "ndak", "yes", "no", "not"):
                picked = typed_choice(speech, question, typed)
                assert picked in (None, "tidakada"), (name, typed)


def worker_buttons() -> Iterator[tuple[str, ...]]:
    yield (
        *("b-saya-tangani", "b-saya-telepon", "b-tenang", "b-buka-rincian", "b-wa", "b-kontak", "b-naik-darurat"),
        *("b-tangani-teman", "b-eskalasi", "b-tidak-bisa", "b-tidak-bisa-malam", "b-lainnya"),
    )
    yield ("b-naik-darurat", "b-turun-biasa", "b-salah-tempat", "b-salah-jenis", "b-buka-rincian")
    yield (*(f"turun-{why}" for why in CALMER), "b-buka-rincian")
    yield (*(f"tenang-{why}" for why in case_buttons.MUTED_FOR), "b-buka-rincian")
    owned = ("b-dikerjakan", "b-bertemu", "b-kosong-rumah", "b-menunggu", "b-selesai-kasus", "b-kontak", "b-kembalikan")
    yield (
        *owned,
        "b-lainnya",
        "b-salah-pencet",
        "b-lihat-gambar",
        "b-buka-rincian",
        "b-kegawatan",
        "b-serahkan",
        "b-teman",
        "b-tidak-jadi-serah",
        "b-tidak-jadi-teman",
    )
    yield ("b-ikut", "b-buka-rincian", "b-kontak", "b-tidak-bisa", "b-tidak-jadi-ikut")
    yield ("b-kontak", "b-tidak-jadi-teman", "b-tidak-jadi")
    yield ("b-terima", "b-buka-rincian", "b-kontak", "b-tidak-terima")
    yield ("b-catatan-ya", "b-buka-rincian", "b-lainnya", "b-kembali", "b-catatan-bukan")
    yield ("b-tambah-kontak", "b-buka-rincian")
    yield (*(f"tunggu-{reason}" for reason in WAITING), "b-buka-rincian", "b-tidak-jadi")
    yield (*(f"b-tunggu-{days}" for days in WAIT_DAYS), "b-buka-rincian", "b-kembali")
    yield ("b-ubah-laporan", "b-buka-rincian")
    yield ("b-salin-nomor", "b-lapor-lain", "b-salah-tempat", "b-salah-jenis", "b-tarik")
    yield ("b-akhir-sudah", "b-akhir-belum", "b-akhir-ulang", "b-lihat-laporan")
    yield ("b-saya-piket", "b-tunjuk-piket", "b-ganti-piket")
    yield (*(f"b-cuti-{days}" for days in LENGTHS), "b-tidak-cuti")
    yield (*(f"alasan-{reason}" for reason in REASONS), "b-lainnya", "b-jadi-tangani")
    yield (*(f"hasil-{outcome}" for outcome in respond.OUTCOMES), "b-buka-rincian")
    yield ("b-lapor", "b-lapor-cepat", "b-bahaya", "b-laporan-saya", "b-bahasa")
    yield ("b-tugas", "b-ringkasan", "b-cuti", "b-kontak", "b-lapor", "b-bahasa", "b-lainnya")
    yield (
        "b-buka",
        "b-tanpa",
        "b-telat",
        "b-daftar-menunggu",
        "b-masuk",
        "b-tanpa-petugas",
        "b-wilayah",
        "b-sudah-dibaca",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_one_card_read_differently(language: str) -> None:
    for keys in worker_buttons():
        labels = [simple(catalog(language)[key].words) for key in keys]
        assert len(set(labels)) == len(labels), labels
