"""The levels of a place: what a role is bound to, and how deep a place lies."""

from typing import Literal

Level = Literal["provinsi", "kabupaten", "kecamatan", "desa"]
