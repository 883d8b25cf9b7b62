"""Phone numbers and family-card numbers in free text, however people space them; shared by cards and the log (row 130).

Digits are compared after what separates them is taken out: "0812-3456 7890", "+62 (812) 3456.7890" and
"3507 2412 0378 0005" are found like "081234567890" and "3507241203780005".
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import digit

_RUN = re.compile(r"\d+(?:(?:[^\w\n,;:]|_){1,4}\d+)*")
"""Groups of digits with at most four signs between two of them; a letter, comma, colon or new line ends the run."""
_GROUP = re.compile(r"\d+")
_MOBILE = re.compile(r"(?:(?:00)?620?|0)8\d{7,11}")
_LANDLINE = re.compile(r"0[2-7]\d{7,9}")
_AREA = (3, 4, 9, 10, 11)
"""Digits in the first group of a landline: its area code, or the whole number; a date begins with one or two."""
NIK = 16
"""Digits of an identity number, and of a family card's."""
_LONGEST = 17
"""No number that we look for has more digits (0062 0 and a mobile number)."""


def mask_numbers(text: str, mask: str) -> str:
    """`text` with each phone number and each identity number replaced by `mask`, its separators too."""
    parts, end = [], 0
    for start, stop in _found(text):
        before = text[end:start].removesuffix("+")
        if ")" in text[start:stop]:  # (0812) 3456-7890, (+62) 812 …
            before = before.removesuffix("(")
        parts += [before, mask]
        end = stop
    return "".join([*parts, text[end:]])


def _found(text: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        groups = [(g.start(), g.end(), _ascii(g[0])) for g in _GROUP.finditer(text, run.start(), run.end())]
        first = 0
        while first < len(groups):
            last = _number_at([digits for _, _, digits in groups[first:]])
            if last:
                yield groups[first][0], groups[first + last - 1][1]
            first += last or 1


def _number_at(groups: Sequence[str]) -> int:
    """How many of these groups, from the first on, are one number; the longest reading wins, 0 is none."""
    longest, digits = 0, ""
    for count, group in enumerate(groups, 1):
        digits += group
        if len(digits) > _LONGEST:
            break
        if len(digits) == NIK or _MOBILE.fullmatch(digits) or (len(groups[0]) in _AREA and _LANDLINE.fullmatch(digits)):
            longest = count
    return longest


def _ascii(group: str) -> str:
    """Digits of any script (０８１２) as our own."""
    return "".join(str(digit(char)) for char in group)
