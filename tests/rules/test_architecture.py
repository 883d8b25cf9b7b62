"""docs/architecture.md names the repository as it is: files, names in files, rooms."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PLACES = ("bot/", "handlers/", "storage/", "notifiers/", "tests/", "docs/")
MADE_BY_WHOEVER_READS = {"bot/texts/CODE.ftl"}
TICKED = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))
DRAWN = set(re.findall(r"\b[a-z_]+(?:/[a-z_]+)+\.py\b", "".join(re.findall(r"```.*?```", PAGE, flags=re.DOTALL))))
PATHS = {name for name in TICKED if name.startswith(PLACES)} - MADE_BY_WHOEVER_READS
LINKED = re.findall(r"((?:`\w+`(?:,\s+|\s+and\s+))*`\w+`)\s+in\s+`([^`]+/[^`]+|[^`]+\.\w+)`", PAGE)


def test_every_path_exists() -> None:
    assert len(PATHS) > 80 and len(DRAWN) > 25
    assert not sorted(name for name in PATHS | DRAWN if not (ROOT / name).exists())


def test_every_name_stands_in_the_file_it_is_linked_to() -> None:
    named = [(name, file) for names, file in LINKED for name in re.findall(r"\w+", names) if name != "and"]
    assert len(named) > 60
    missing = [
        f"{name} in {file}"
        for name, file in named
        if not re.search(rf"^\s*(?:(?:async )?def |class )?{name}\b\s*[(:=,]", (ROOT / file).read_text("utf-8"), re.M)
    ]
    assert not missing


def test_every_room_is_named() -> None:
    rooms = {file.parent.relative_to(ROOT).as_posix() + "/" for top in PLACES for file in (ROOT / top).rglob("*.py")}
    rooms = {room for room in rooms if not room.startswith("docs/")}
    assert len(rooms) > 20
    assert not sorted(rooms - TICKED)


def test_the_readme_leads_to_the_page() -> None:
    house = (ROOT / "README.md").read_text("utf-8").split("## The house")[1]
    assert "(docs/architecture.md)" in house
