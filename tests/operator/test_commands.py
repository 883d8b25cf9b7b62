"""The command line: what it prints, what it refuses and with which exit code; a traceback never reaches anybody."""

import json
import socket
from pathlib import Path

import pytest

from bot.localtelegram.server import LocalTelegram
from tests.support.forks import tersapa, write_config
from tests.support.world import SINGOSARI, World

HEADER = "role,name,phone,area,deputy_phone\n"


def test_place_find_and_at_answer_a_line_a_query(tmp_path: Path) -> None:
    code, out, _ = tersapa("place", "find", "-", "--json", folder=tmp_path, given="singosri malang\nkec lowokwaru\n")
    first, second = (json.loads(line) for line in out.splitlines())
    assert code == 0
    assert first[0] | {"score": 0} == {
        "code": "35.07.24",
        "name": "Singosari",
        "level": "kecamatan",
        "parents": ["Kabupaten Malang"],
        "score": 0,
    }
    assert second[0]["code"] == "35.73.05"
    assert len(first) <= 5
    code, out, _ = tersapa("place", "at", "-7.8936", "112.6639", "--json", folder=tmp_path)
    found = json.loads(out)
    assert (code, found["outside"], found["kecamatan"][0]) == (0, False, "35.07.24")
    assert (len(found["kecamatan"]), len(found["desa"])) == (3, 5)
    assert json.loads(tersapa("place", "at", "-", "--json", folder=tmp_path, given="-6.99 110.42\n")[1])["outside"]
    assert tersapa("place", "at", "here", "there", folder=tmp_path)[0] == 2


def test_an_import_is_whole_or_names_every_line(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(
        HEADER + f"tksk,Budi,0812-3456-7890,{SINGOSARI},\nboss,Ani,0812,35.07,\ntksk,Ali,12,35.07,\n", "utf-8"
    )
    code, _, err = tersapa("roster", "import", str(bad), folder=tmp_path)
    assert code == 1
    assert "line 3: role 'boss'" in err
    assert "line 4: area '35.07'" in err
    assert "nothing was changed" in err
    good.write_text(
        HEADER + f"tksk,Budi,0812-3456-7890,{SINGOSARI},081298765432\nkoordinator,Rahma,081311112222,35.07,\n", "utf-8"
    )
    tersapa("migrate", folder=tmp_path)
    plan = json.loads(tersapa("roster", "import", str(good), "--dry-run", "--json", folder=tmp_path)[1])
    assert plan == {"added": 3, "renamed": 0, "same": 0, "missing": 0, "dry_run": True}
    assert json.loads(tersapa("roster", "import", str(good), "--json", folder=tmp_path)[1])["added"] == 3
    again = json.loads(tersapa("roster", "import", str(good), "--json", folder=tmp_path)[1])
    assert (again["added"], again["same"]) == (0, 3)
    good.write_text(HEADER + f"tksk,Dewi,081355556666,{SINGOSARI},\n", "utf-8")
    _, out, _ = tersapa("roster", "import", str(good), folder=tmp_path)
    assert f"tksk {SINGOSARI} " in out and "not in the file; --leave takes them out" in out
    tersapa("roster", "import", str(good), "--leave", folder=tmp_path)
    exported = tersapa("roster", "export", folder=tmp_path)[1]
    assert "Dewi" in exported
    assert "Budi" not in exported
    assert "081355556666" not in exported
    assert "+6281355556666" in tersapa("roster", "export", "--phones", folder=tmp_path)[1]
    covers = json.loads(tersapa("roster", "coverage", "--json", folder=tmp_path)[1])
    assert len(covers) == 666
    assert [cover["code"] for cover in covers if cover["state"] == "invited"] == [SINGOSARI]


async def test_an_invite_link_binds_whoever_opens_it_once(w: World, tmp_path: Path) -> None:
    telegram = f'[telegram]\ntoken = "{w.telegram.token}"\napi_url = "{w.telegram.url}"\n'
    config = write_config(tmp_path, f'{telegram}[database]\nurl = "{tmp_path}/tersapa.db"\n')
    import asyncio

    words = ("roster", "invite", "--role", "tksk", "--area", SINGOSARI, "--json", "--config", str(config))
    code, out, err = await asyncio.to_thread(lambda: tersapa(*words, folder=tmp_path))
    assert code == 0, err
    link = json.loads(out)["link"]
    budi, other = w.person("Budi"), w.person("Orang lain")
    await budi.open(link)
    await w.settle()
    assert budi.find("Selamat bergabung", "Kec. Singosari")
    await other.open(link)
    await w.settle()
    assert other.find("sudah dipakai")


async def test_a_volunteer_is_promised_no_reports(w: World) -> None:
    relawan = await w.worker("volunteer", SINGOSARI)
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person())
    assert tksk.find("Laporan baru akan masuk") and tksk.find(number)
    assert relawan.find("Selamat bergabung", "relawan desa") and not relawan.find(number)
    assert not relawan.find("akan masuk")


async def test_a_number_on_the_roster_binds_by_the_contact_button(w: World, tmp_path: Path) -> None:
    import asyncio

    roster = tmp_path / "roster.csv"
    roster.write_text(HEADER + f"tksk,Budi,0812-3456-7890,{SINGOSARI},\n", "utf-8")
    config = write_config(tmp_path, f'[database]\nurl = "{tmp_path}/tersapa.db"\n')
    await asyncio.to_thread(lambda: tersapa("roster", "import", str(roster), "--config", str(config), folder=tmp_path))
    budi = w.person("Budi", phone_number="+6281234567890")
    ani = w.person("Ani", phone_number="+6281200000000")
    for phone in (budi, ani):
        await phone.start()
        await w.settle()
        await w.say(phone, "/petugas")
        await phone.press("Kirim nomor")
        await w.settle()
    assert budi.find("Selamat bergabung", "Kec. Singosari")
    assert ani.find("belum ada di daftar petugas")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "[telegram] token: missing"),
        (("run", "--config", "none.toml"), "Copy config.example.toml"),
        (("roster", "invite", "--role", "raja"), "--role raja"),
        (("roster", "import", "none.csv"), "none.csv: cannot be read"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, _, err = tersapa(*words, folder=tmp_path)
    assert code == 2
    assert said in err


async def test_a_refused_token_is_said_without_the_token(tmp_path: Path) -> None:
    import asyncio

    async with LocalTelegram() as telegram:
        token = "123456789:AAsecret-secret-secret-secret-secr"
        config = write_config(tmp_path, f'[telegram]\ntoken = "{token}"\napi_url = "{telegram.url}"\n')
        code, out, err = await asyncio.to_thread(lambda: tersapa("run", "--config", str(config), folder=tmp_path))
    assert code == 2
    assert "Telegram refuses the token" in err
    assert token not in out + err


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = tersapa("demo", "--port", str(port), folder=tmp_path)
    assert (code, err.count("\n")) == (2, 1)
    assert f"{port}" in err and "already in use" in err
    assert tersapa("demo", "--port", "80000", folder=tmp_path)[0] == 2
