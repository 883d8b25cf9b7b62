"""The columns of a roster file (row 45)."""

from bot.actions.table_file import Columns

HEADER = ("role", "name", "phone", "area", "deputy_phone")
ID = "id"
"""The one more column that an export has: it says which entry a line is, also where its number is masked."""
ROSTER = Columns(
    HEADER,
    (ID,),
    {
        "peran": "role",
        "nama": "name",
        "nomor": "phone",
        "nomor hp": "phone",
        "no hp": "phone",
        "wilayah": "area",
        "nomor wakil": "deputy_phone",
    },
)
