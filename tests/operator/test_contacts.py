"""`tersapa contacts`: a file goes in whole or not at all, and comes out as it went in (row 136)."""

import json
from pathlib import Path

from tests.support.forks import tersapa

HEADER = "area;kind;name;phone;noted\n"


def test_a_file_of_contacts_is_whole_or_names_every_line(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(HEADER + "35;polsek;Polsek;110;\n35.07.24;toko;;nanti;2099-01-01\n", "utf-8")
    code, _, err = tersapa("contacts", "import", str(bad), folder=tmp_path)
    assert code == 1 and "5 errors; nothing was changed" in err
    assert "line 2: area '35'" in err
    assert all(f"line 3: {what}" in err for what in ("kind 'toko'", "name", "phone", "noted '2099-01-01'"))
    good.write_text(
        HEADER + "35.07.24;polsek;Polsek Singosari;0341 458110;2024-03-02\n35.07;ppa;UPTD PPA;081298765432;\n", "utf-8"
    )
    tersapa("migrate", folder=tmp_path)
    assert json.loads(tersapa("contacts", "import", str(good), "--json", folder=tmp_path)[1]) == {
        "added": 2,
        "replaced": 0,
    }
    out = tersapa("contacts", "list", folder=tmp_path)[1].splitlines()
    assert out[0].startswith("35.07 ") and "1 contacts, 0 old: ppa" in out[0]
    assert "Kec. Singosari" in out[1] and "1 contacts, 1 old: polsek" in out[1]
    whole = tersapa("contacts", "export", "--phones", folder=tmp_path)[1]
    assert "35.07.24,polsek,Polsek Singosari,0341458110,2024-03-02" in whole
    assert "0341458110" not in tersapa("contacts", "export", folder=tmp_path)[1]
    good.write_text(whole, "utf-8")
    assert json.loads(tersapa("contacts", "import", str(good), "--json", folder=tmp_path)[1])["replaced"] == 2
    assert tersapa("contacts", "export", "--phones", folder=tmp_path)[1] == whole, "in and out again"
