"""How a place name is written, and how it is read: spelling folded, level words and noise taken out."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

# Old spelling first: Djombang, Tjaruban, Soerabaja; then what the ear does not tell apart.
_SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("dh", "d"),
    ("th", "t"),
    ("y", "i"),
    ("v", "f"),
)
_NOT_IN_A_NAME = str.maketrans("", "", " '’`-.")
_HEARD_DIFFERENTLY = str.maketrans({"o": "a", "e": "i", "h": None})
_DOUBLED = re.compile(r"([a-z])\1+")

LEVEL_WORDS = {
    **dict.fromkeys(("ds", "desa", "dsa", "deso"), "desa"),
    **dict.fromkeys(("kel", "kelurahan", "klurahan", "lurah"), "kelurahan"),
    **dict.fromkeys(("kec", "kecamatan", "kc", "kex", "kce", "kecc", "keca", "kcmtn", "camat"), "kecamatan"),
    **dict.fromkeys(("kab", "kabupaten", "kbp", "kabup"), "kabupaten"),
    **dict.fromkeys(("kota", "kotamadya", "kodya", "kodia", "kotip"), "kota"),
}
_LONG_LEVEL_WORDS = ("kelurahan", "kecamatan", "kabupaten", "kotamadya")
_BELOW_KOTA = ("desa", "kelurahan", "kecamatan")
_HAMLETS = frozenset(("dusun", "dsn", "dsun", "dk", "lingkungan", "lingk", "ling", "jl", "jln", "jalan", "gg", "gang"))
_NOISE = frozenset(
    """
    di ke dari pada daerah wilayah sekitar dekat area alamat alamatnya lokasi lokasinya tempat saya
    aku ada ini itu yang yg dan pak bu mbak tolong prov provinsi propinsi jatim indonesia nang ndek
    nek neng ning rt rw no nomor kodepos pos masuk ikut atau tepatnya posisi orang orangnya rumah
    rumahnya pulau pasar masjid mushola musholla sekolah  smp sma smk    rsud rs
    puskesmas pustu terminal stasiun kantor balai perum perumahan toko warung perempatan pertigaan
    jembatan lapangan  pabrik spbu  indomaret alfamart kampus   ruko  komplek blok
    gereja kuburan ponpes kepulauan sebelah belakang depan samping utaranya pertokoan polsek koramil
    """.split()  # noqa: SIM905 - a paragraph of words reads better than fifty quoted ones
)
# Word by word, where the short form can mean nothing else.
_SHORT_WORDS = {
    "kdg": "kedung",
    "kdung": "kedung",
    "krg": "karang",
    "krang": "karang",
    "sbr": "sumber",
    "smbr": "sumber",
    "tjg": "tanjung",
    "tnjg": "tanjung",
    "bjr": "banjar",
    "wtn": "wetan",
    "kln": "kulon",
    "kdl": "kidul",
    "gng": "gunung",
    "gn": "gunung",
}
_PROVINCE = re.compile(r"\b(?:prov(?:insi|\.)? *)?(?:jawa *timur|java timur|jawatimur|east java|jatim)\b")
_PIECE = re.compile(r"[a-z]+2?|\d+|[,;/()\n|]")


def fold_lines(names: Iterable[str]) -> list[str]:
    """Folded spelling of many names in one pass, which is what keeps loading quick."""
    text = "\n".join(names).lower().translate(_NOT_IN_A_NAME)
    for old, new in _SOUNDS:
        text = text.replace(old, new)
    return _DOUBLED.sub(r"\1", text).split("\n")


def skeletons(folded: Iterable[str]) -> list[str]:
    """Folded names without what neighbours hear differently: "Ponorogo" is "Panaraga" further east."""
    return "\n".join(folded).translate(_HEARD_DIFFERENTLY).split("\n")


def fold(name: str) -> str:
    """One name as it sounds: "Dhjombang" and "Jombang", "Sumber Manjing" and "Sumbermanjing" are equal."""
    return fold_lines((name,))[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed text as words; marks say which level a word begins or ends, breaks where a comma stood."""

    words: tuple[str, ...]
    breaks: frozenset[int] = frozenset()
    begins: dict[int, str] = field(default_factory=dict)
    ends: dict[int, str] = field(default_factory=dict)


def level_word(word: str) -> str | None:
    """The level a word names, a misspelt "kecamtan" included."""
    if word in LEVEL_WORDS:
        return LEVEL_WORDS[word]
    if len(word) >= 7:
        for known in _LONG_LEVEL_WORDS:
            if OSA.normalized_similarity(word, known) >= 0.77:
                return LEVEL_WORDS[known]
    return None


def _pieces(text: str) -> list[str]:
    """Words and commas in order, hamlets, streets, numbers and small talk left out."""
    plain = unicodedata.normalize("NFKD", text[:160].casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’`´‘")
    raw: list[str] = _PIECE.findall(_PROVINCE.sub(",", plain))
    kept: list[str] = []
    skip = 0
    for position, piece in enumerate(raw):
        if not piece[0].isalpha():
            skip = 0
            kept += [","] if not piece.isdigit() else []
            continue
        if level_word(piece):
            skip = 0
        if skip:
            skip -= 1
            continue
        if piece in _HAMLETS:
            rest = raw[position + 1 :]
            stop = next((n for n, p in enumerate(rest) if not p[0].isalpha() or level_word(p)), None)
            # Without a comma or a level word behind it nobody can tell where the name ends: one word.
            skip = stop if stop is not None and stop < 5 else min(1, max(0, len(rest) - 1))
            continue
        if piece in _NOISE:
            continue
        if piece.endswith("2"):  # "Oro2 Ombo" is Oro-oro Ombo
            piece = piece[:-1] * 2
        kept.append(_SHORT_WORDS.get(piece, piece))
    return kept


def _alone(pieces: list[str], n: int) -> bool:
    """Whether a word stands between two commas: "Kota, Kota Kediri" begins with a kecamatan."""
    return (
        len(pieces) > 1
        and "," not in pieces[n : n + 1]
        and pieces[n - 1 : n] in ([], [","])
        and pieces[n + 1 : n + 2] in ([], [","])
    )


def read(text: str, *, kota_is_a_name: bool = False) -> Reading:
    """Reads a typed text into words and marks; at most eight words are looked at."""
    words: list[str] = []
    breaks: set[int] = set()
    begins: dict[int, str] = {}
    ends: dict[int, str] = {}
    pieces = _pieces(text)
    levels = [
        None if p == "kota" and (kota_is_a_name or _alone(pieces, n)) else level_word(p) for n, p in enumerate(pieces)
    ]
    spoken = [n for n, p in enumerate(pieces) if p != ","]
    # "singosari kec, malang kab": who ends with a level word and does not begin with one puts it behind.
    behind = bool(spoken) and levels[spoken[0]] is None and levels[spoken[-1]] is not None
    pending: str | None = None
    for piece, level in zip(pieces, levels, strict=True):
        if piece == ",":
            breaks.add(len(words))
            pending = None
        elif level is None or (pending in _BELOW_KOTA and not behind):
            # "kec. Kota" and "desa Klurahan": what follows a level word is a name
            if pending is not None:
                begins[len(words)] = pending
                pending = None
            words.append(piece)
        else:
            breaks.add(len(words))
            if behind:
                ends[len(words)] = level
            else:
                pending = level
        if len(words) == 8:
            break
    if not words and pieces:  # only level words: then one of them is meant as a name
        words = [p for p in pieces if p != ","][:8]
        breaks, begins, ends = set(), {}, {}
    inner = frozenset(b for b in breaks if 0 < b < len(words))
    return Reading(tuple(words), inner, begins, ends)
