"""Keys that the code puts together or takes from data: all they can be."""

from bot.actions import respond
from bot.core.after_end import AGAIN, NO, YES
from bot.core.company import CANNOT, COMES, GONE, SILENT
from bot.core.contact_book import KINDS
from bot.core.correct_flow import WHATS
from bot.core.danger_words import HELP
from bot.core.escalation import URGENCIES
from bot.core.grades import CALMER, GRADES
from bot.core.keyboard import CALLED
from bot.core.leave_days import LENGTHS
from bot.core.leave_flow import STAND_INS
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.core.passing import REASONS, TONIGHT
from bot.core.report_flow import EDITABLE
from bot.core.roles import LADDER_ROLES, ROLES
from bot.core.task_groups import Group
from bot.data.danger_words import load_danger_words
from bot.texts.catalog import ORIGINAL
from bot.texts.staff_cards import LAMPS
from bot.texts.times import DAYS
from handlers.added import NONE, OTHER
from handlers.greeting import PARTS
from tests.rules.catalogs.reading import KNOWLEDGE, KNOWN, PICKS, catalog

DANGERS = tuple(f"{code}-{danger.item}" for code, kind in KNOWLEDGE.categories.items() for danger in kind.dangers)
ABOUTS = tuple(sorted(load_danger_words().abouts - {HELP}))


def choices_of(step: str) -> tuple[str, ...]:
    return tuple(choice.value for choice in PICKS[step].ask({}, KNOWN).choices)


def texts_of(what: str) -> tuple[str, ...]:
    """The keys of texts that the field's knowledge names as `what`."""
    holders = (*KNOWLEDGE.flags.values(), *KNOWLEDGE.categories.values(), KNOWLEDGE.defaults)
    return tuple(dict.fromkeys(key for holder in holders if (key := getattr(holder, what, None))))


FAMILIES: dict[str, tuple[str, ...]] = {
    "jenis-{}": (*KNOWLEDGE.categories, *KNOWLEDGE.exits),
    "bahaya-{}-{}": DANGERS,
    "kapan-{}": choices_of("kapan"),  # as a card tells it
    "c_siapa-{}": ("sendiri", "keluarga", "jalan"),
    "c_tanya-{}": ("warga", "pelapor", "bot"),
    "r_telepon-{}": ("warga", "pelapor"),
    "aman-{}": choices_of("aman"),
    "disebut-{}": ABOUTS,
    "c_aman-{}": choices_of("aman"),
    "{}-{}": (*(f"siapa-{v}" for v in choices_of("siapa")), *(f"kapan-{v}" for v in choices_of("kapan"))),
    "juga-{}": (
        *("jenis-lain", "b-telepon-wakil", "b-telepon-warga"),
        *("b-tanpa-foto", "b-lewat-bot", "b-boleh-telepon", "b-langsung-tangani", "b-teruskan"),
        *("aman-jangan", "aman-saya", "jenis-lain", "b-telepon-warga", "b-telepon-wakil"),
        *(f"siapa-{v}" for v in choices_of("siapa")),
        *(f"kapan-{v}" for v in choices_of("kapan")),
        *("b-lanjut", "b-lanjut-cerita", "b-lewati", "b-sudah-telepon", "b-tidak-bisa-telepon"),
        *(f"bahaya-{danger}" for danger in DANGERS if f"juga-bahaya-{danger}" in catalog(ORIGINAL)),
    ),
    "kata-{}": CALLED,
    "baris-{}": EDITABLE,
    "b-papan-{}": ("location", "contact"),
    "urgensi-{}": URGENCIES,
    "b-salah-{}": WHATS,
    "b-akhir-{}": (YES, NO, AGAIN),
    "b-laporan-{}": (OTHER, NONE),
    "waktu-{}": tuple(dict.fromkeys(name for _, name in (*PARTS, (24, "malam")))),
    "b-naik-{}": GRADES[1:],
    "b-turun-{}": GRADES[:-1],
    "turun-{}": CALMER,
    "alasan-{}": (*REASONS, TONIGHT),
    "ditunggu-{}": ("pertama", "kunjungan", "lanjutan"),
    "peran-{}": (*LADDER_ROLES, *ROLES),
    "orang-{}": ("petugas", *(place for place in LADDER_ROLES if place in ROLES)),
    "b-cuti-{}": tuple(map(str, LENGTHS)),
    "pengganti-{}": STAND_INS,
    "b-pengganti-{}": STAND_INS,
    "c_tugas-{}": tuple(place for place in LADDER_ROLES if place in ROLES and place != "tksk"),
    "tunggu-{}": WAITING,
    "b-tunggu-{}": tuple(map(str, WAIT_DAYS)),
    "hasil-{}": respond.OUTCOMES,
    "terbuka-{}": ("given_back", "silence", "absent", "left", "undo"),
    "kontak-{}": KINDS,
    "teman-{}": (COMES, CANNOT, SILENT, GONE),
    "w_kelompok-{}": tuple(Group),
    "undangan-{}": ("unknown", "used", "expired"),
    "petugas-{}": tuple(LAMPS),
    "hari-{}": DAYS,
    "tangga-peran-{}": LADDER_ROLES,
    "tangga-nihil-{}": ("vacant", "unbound", "unreachable", "asked"),
    "bulan-{}": tuple(str(month) for month in range(1, 13)),
}
"""Keys that are put together: the template, and what stands in its holes (the whole key for "{}-{}")."""
DYNAMIC: dict[str, tuple[str, ...]] = {
    "code": KNOWLEDGE.exits,
    "flag.gate_self or (kind.gate_self or self.defaults.gate_self if grave else None)": texts_of("gate_self"),
    "flag.gate or (self.defaults.gate if grave else None)": texts_of("gate"),
    "flag and flag.advice_self or kind.advice_self or self.defaults.advice_self": texts_of("advice_self"),
    "flag and flag.advice or grave or kind.advice": (*texts_of("advice"), *texts_of("advice_grave")),
    "flag.advice_family": texts_of("advice_family"),
    "warning": texts_of("warning"),
    "case.unphoned": texts_of("unphoned"),
    "case.first_step": texts_of("first"),
    "piece.key": (),  # named where the piece is made
    "report.told or 'status-tersimpan'": (),  # one of the words of a case's state
    "status": (),
}
"""Keys that are plain values of data: the expression, and all it can be."""
UNASKED: dict[str, str] = {}
"""Keys that no line of code names, each with its reason; keep it nearly empty."""
