"""Words that say that a report names the wrong place, and the place they say instead (row 16).

They make the bot offer *Salah tempat*; nothing is corrected by them alone.
"""

import re

WRONG = re.compile(r"\b(?:salah|keliru|kliru|kleru|wrong|mistake)\b")
INSTEAD = re.compile(
    r"\b(?:(?:se)?harusnya|(?:se)?mestinya|(?:sak)?kudune|(?:yang|sing) (?:benar|bener|betul)|benarnya|should be)\b"
)
PLACE = re.compile(
    r"\b(?:desa|ds|dusun|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota|tempat\w*|alamat\w*|lokasi\w*|place|village)\b"
)
REST = re.compile(r"\b(?:bukan|dudu|sanes|not)\b|[,.;!?\n]")
"""Where what is said instead ends."""


def names_wrong_place(text: str) -> bool:
    """Whether the place of a report seems to be called wrong."""
    said = text.casefold()
    wrong, instead = WRONG.search(said), INSTEAD.search(said)
    return bool((wrong and instead) or ((wrong or instead) and PLACE.search(said)))


def place_instead(text: str) -> str:
    """The place that is right; "" where none is said."""
    said = text.casefold()
    found = INSTEAD.search(said)
    return REST.split(said[found.end() :], maxsplit=1)[0].strip() if found else ""
