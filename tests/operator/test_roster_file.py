"""The roster as a file: what Excel saves is read, every fault is said at once, and it comes back as it went out."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bot.actions import roster_lines, table_file
from bot.actions.roster_columns import ROSTER
from bot.actions.roster_lines import Line
from bot.data.places import load_places
from tests.support.forks import tersapa
from tests.support.world import MALANG, SINGOSARI

HEADER = "role,name,phone,area,deputy_phone\n"
BUDI = Line(2, "tksk", "Budi Ébo", "+6281234567890", SINGOSARI)
DEPUTY = Line(2, "deputy", "", "+6281298765432", SINGOSARI)
RAHMA = Line(3, "koordinator", "Rahma", "+6281311112222", MALANG)
EXCEL = "role;name;phone;area;deputy_phone\r\ntksk;Budi Ébo;81234567890;Singosari;0812-9876-5432\r\n"
EXCEL += "koordinator;Rahma;'0813 1111 2222;Kabupaten Malang;\r\n;;;;\r\n"


def xlsx(table: list[list[str | float]]) -> bytes:
    """A workbook of one sheet, as small as Excel's format allows."""
    main, rels = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    office, package = f"{rels}/officeDocument/2006/relationships", f"{rels}/package/2006"
    cells = {float: "<c><v>{}</v></c>", str: "<c t='inlineStr'><is><t>{}</t></is></c>"}
    rows = "".join(f"<row>{''.join(cells[type(cell)].format(cell) for cell in row)}</row>" for row in table)
    kinds = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet"}
    types = "".join(
        f"<Override PartName='/{name}' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml."
        f"{kind}+xml'/>"
        for name, kind in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'><Default Extension='rels' "
        f"ContentType='application/vnd.openxmlformats-package.relationships+xml'/>{types}</Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' "
        f"Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets>"
        "<sheet name='Petugas' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' "
        f"Type='{office}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{rows}</sheetData></worksheet>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, body in parts.items():
            book.writestr(name, body)
    return out.getvalue()


BOOK = xlsx(
    [
        ["role", "name", "phone", "area", "deputy_phone"],
        ["TKSK", "Budi Ébo", 81234567890.0, SINGOSARI, "0812-9876-5432"],
        ["koordinator", "Rahma", "081311112222", 35.07, ""],
    ]
)


@pytest.mark.parametrize(
    "content",
    [EXCEL.encode("cp1252"), EXCEL.encode("utf-8-sig"), EXCEL.replace(";", ",").encode(), EXCEL.encode("utf-16"), BOOK],
    ids=["; cp1252", "; BOM", ",", "utf-16", "xlsx"],
)
def test_what_excel_saves_is_read(content: bytes) -> None:
    assert roster_lines.read(table_file.rows(content, ROSTER), load_places()) == ([BUDI, DEPUTY, RAHMA], [])


def test_a_code_that_excel_took_for_a_number_is_read_and_every_fault_of_every_line_is_said() -> None:
    text = HEADER + "koordinator,Ani,081234567890,35.1,\ntksk,,8.12E+10,Sukorejo,12\nboss,Ani,0812,35.07,\n"
    lines, faults = roster_lines.read(table_file.rows(text.encode(), ROSTER), load_places())
    assert [line.area for line in lines] == ["35.10"]
    second, third = faults
    for said in ("line 3: area 'Sukorejo'", "is it Kec. Sukorejo (", "as text", "name: missing", "deputy_phone '12'"):
        assert said in second
    assert third.startswith("line 4: role 'boss': one of tksk,") and "phone '0812'" in third
    for broken in (b"", b"nama,umur\nBudi,3\n", b"PK\x03\x04broken"):
        with pytest.raises(table_file.Unreadable, match=r"expected: role,name|Save as"):
            table_file.rows(broken, ROSTER)


def test_it_comes_back_as_it_went_out_and_leave_takes_out_whom_it_no_longer_names(tmp_path: Path) -> None:
    book, back = tmp_path / "roster.xlsx", tmp_path / "back.csv"
    book.write_bytes(BOOK)
    given = ("roster", "import", str(book), "--json")
    assert json.loads(tersapa(*given, folder=tmp_path)[1])["added"] == 3
    back.write_text(tersapa("roster", "export", folder=tmp_path)[1], "utf-8")  # its numbers are masked
    again = json.loads(tersapa("roster", "import", str(back), "--leave", "--json", folder=tmp_path)[1])
    assert again == {"added": 0, "renamed": 0, "same": 3, "missing": 0, "dry_run": False}
    text = back.read_text("utf-8")
    back.write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith("tksk")), "utf-8")
    assert "taken out" in tersapa("roster", "import", str(back), "--leave", folder=tmp_path)[1]
    left = json.loads(tersapa("roster", "list", "--left", "--json", folder=tmp_path)[1])
    assert [(row["role"], row["name"]) for row in left] == [("tksk", "Budi Ébo")], "though nobody else is there"


def test_ppa_is_on_the_roster_as_dinsos_is(tmp_path: Path) -> None:
    book, back = tmp_path / "roster.csv", tmp_path / "back.csv"
    book.write_text(HEADER + "ppa,Wati,0812-3456-7890,35.07.24,\n", "utf-8")
    assert "ppa needs the code of a kabupaten/kota" in "".join(
        map(str, tersapa("roster", "import", str(book), folder=tmp_path))
    )
    book.write_text(HEADER + "ppa,Wati,0812-3456-7890,Kab. Malang,\n", "utf-8")
    assert json.loads(tersapa("roster", "import", str(book), "--json", folder=tmp_path)[1])["added"] == 1
    back.write_text(tersapa("roster", "export", folder=tmp_path)[1], "utf-8")
    again = json.loads(tersapa("roster", "import", str(back), "--json", folder=tmp_path)[1])
    assert (again["added"], again["same"]) == (0, 1)
    (listed,) = json.loads(tersapa("roster", "list", "--role", "ppa", "--json", folder=tmp_path)[1])
    assert (listed["role"], listed["area"], listed["name"]) == ("ppa", MALANG, "Wati")
    sheet = tersapa("roster", "template", "--area", "Kab. Malang", folder=tmp_path)[1]
    assert f"ppa,,,{MALANG}," in sheet


def test_the_template_has_a_line_and_the_code_for_each_place(tmp_path: Path) -> None:
    code, out, _ = tersapa("roster", "template", "--area", "Kab. Malang", folder=tmp_path)
    assert code == 0
    sheet = [row.cells for row in table_file.rows(out.encode(), ROSTER)]
    assert sum(cells["role"] == "tksk" for cells in sheet) == 33
    assert SINGOSARI in {cells["area"] for cells in sheet} and all(not cells["name"] for cells in sheet)
    assert tersapa("roster", "template", "--area", "Malang", folder=tmp_path)[0] == 2
