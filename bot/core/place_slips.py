"""How easily a finger makes one word of another: tells apart names that are equally many letters away."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (column + row / 2, row) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
_EAR = frozenset(map(frozenset, ("ao", "ei", "uo", "pb", "td", "kg", "kq", "ui", "cj", "sz", "fp", "mn")))
EASY = 0.6  # a letter next door on the keyboard, a vowel of the neighbouring dialect, two letters swapped
LIGHT = 0.8  # a vowel lost or added, a letter that slipped in beside the one that was meant


def _next_door(a: str, b: str) -> bool:
    one, other = _KEYS.get(a), _KEYS.get(b)
    return (
        bool(one and other) and abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1
        if one and other
        else False
    )


def _swap(a: str, b: str) -> float:
    return EASY if _next_door(a, b) or frozenset((a, b)) in _EAR else 1.0


def effort(typed: str, name: str) -> float:
    """What it costs to mistype a name so: like the number of wrong letters, less for the usual slips."""
    rows: list[list[float]] = [[float(n) for n in range(len(name) + 1)]]
    for i, letter in enumerate(typed, 1):
        row = [float(i)]
        # An extra letter beside its neighbour on the keyboard is one fat finger.
        before, after = typed[i - 2 : i - 1], typed[i : i + 1]
        extra = (
            LIGHT
            if letter in (before, after) or _next_door(letter, before) or _next_door(letter, after)
            else 1.0
        )
        for j, meant in enumerate(name, 1):
            lost = LIGHT if meant in "aeiou" else 1.0
            best = min(
                rows[-1][j - 1] + (0.0 if letter == meant else _swap(letter, meant)),
                rows[-1][j] + extra,
                row[j - 1] + lost,
            )
            if i > 1 and j > 1 and letter == name[j - 2] and typed[i - 2] == meant and letter != meant:
                best = min(best, rows[-2][j - 2] + EASY)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
