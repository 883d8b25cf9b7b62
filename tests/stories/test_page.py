"""The demo's page: four phones that people press in a browser, a clock that they turn, and no stranger at the wheel."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.demo import MORNING, pass_time, served, settle
from bot.demo.theatre import Theatre
from bot.demo.turning import PATIENCE
from bot.localtelegram.files import PIXEL
from tests.support.world import SINGOSARI, World

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = """
--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync
"""
in_a_browser = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("REQUIRED") != "1",
    reason=f"no {CHROMIUM} (apt-get install chromium); REQUIRED=1 makes this a failure",
)
MENTIONED = timedelta(hours=2)
"""An unfinished report is mentioned later than this."""
NUMBER = re.compile(r"TS-[0-9A-Z]{6}")
expect.set_options(timeout=1000 * PATIENCE)


class Person:
    """Somebody before the page, who counts their clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def phone(self, title: str) -> Locator:
        """One of the four."""
        return self.page.locator(".phone").filter(has=self.page.get_by_role("heading", name=title))

    async def clicks_on(self, button: Locator) -> None:
        """Press it, the newest of its name."""
        await button.last.click()
        self.clicks += 1

    async def press(self, title: str, *labels: str) -> None:
        """Press buttons on a phone one after the other, each as soon as it is there."""
        for label in labels:
            await self.clicks_on(self.phone(title).get_by_role("button", name=label))

    async def answer(self, title: str, question: str, label: str) -> None:
        """Press a button under the question that has it, where older questions had one of the same name."""
        asked = self.phone(title).locator(".theirs", has_text=question).last
        await self.clicks_on(asked.get_by_role("button", name=label))

    async def write(self, title: str, text: str) -> None:
        """Type a message and send it."""
        line = self.phone(title).get_by_label("Tulis pesan")
        await line.fill(text)
        await line.press("Enter")

    async def reads(self, title: str, words: str) -> None:
        """The bot has written this on a phone."""
        await expect(self.phone(title).locator(".theirs", has_text=words).last).to_be_visible()

    async def next_event(self, clock: str) -> None:
        """Let time pass until something happens, at the hour at which it should."""
        button = self.page.get_by_role("button", name="Kejadian berikutnya")
        await expect(button).to_contain_text(clock)
        await self.clicks_on(button)
        await expect(self.page.locator("#time")).to_have_text(clock)


@asynccontextmanager
async def before_the_page() -> AsyncIterator[tuple[Person, Theatre]]:
    async with served(pace=0.02) as theatre, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS.split(), timeout=1000 * PATIENCE
        )
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        wrong: list[str] = []
        page.set_default_timeout(1000 * PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(theatre.telegram.url)
        yield Person(page), theatre
        await browser.close()
        assert not wrong, "the page stumbled"


@in_a_browser
async def test_a_person_alone_clicks_from_a_report_to_its_news() -> None:
    async with before_the_page() as (person, theatre):
        await person.press("Warga", "MULAI", "📝 Lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Tidak makan")
        await person.press("Warga", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari")
        await person.answer("Warga", "pilih desa", "Tidak tahu")
        await person.answer("Warga", "Patokannya apa", "Lewati")
        await person.press("Warga", "Hari ini")
        await person.answer("Warga", "Mohon ceritakan", "Lewati")
        await person.press("Warga", "Tanpa foto", "Tidak usah menelepon", "Kirim laporan")
        await person.reads("Warga", "Nomor laporan")
        receipt = await person.phone("Warga").locator(".theirs", has_text="Nomor laporan").inner_text()
        number = NUMBER.findall(receipt)[0]
        await expect(person.page.locator("#time")).to_have_text("09.00")
        for reminder_koordinator_jsc in ("10.00", "11.00", "13.00"):
            await person.next_event(reminder_koordinator_jsc)
        await expect(person.phone("TKSK").locator(".theirs .reply")).to_contain_text(number)
        await expect(person.phone("JSC").locator(".theirs .meta").last).to_contain_text("🔕")
        await expect(person.phone("JSC").locator(".words b")).to_contain_text(f"MENDESAK · {number}")
        await person.press("JSC", "Saya pegang (JSC)")
        await expect(person.phone("JSC").locator(".toast")).to_contain_text(number)
        for title in ("TKSK", "Koordinator", "JSC"):
            await person.reads(title, "Sudah ditangani tim provinsi (JSC)")
        await person.clicks_on(person.phone("JSC").get_by_role("tab", name="Pribadi"))
        await person.reads("JSC", f"Rincian {number}")
        assert person.clicks <= 25, "a minute for somebody who reads each bubble"
        await person.page.get_by_role("button", name="+10 menit").click()
        await expect(person.page.locator("#time")).to_have_text("13.10")
        await person.reads("Warga", f"Laporan {number}: sudah ada petugas sosial")
        assert theatre.telegram.clock.now() - MORNING > timedelta(hours=4, minutes=10)


@in_a_browser
async def test_the_story_plays_on_the_same_phones_and_again_with_somebody_new() -> None:
    async with before_the_page() as (person, _):
        for name in ("Siti", "Slamet"):
            await person.page.get_by_role("button", name="Putar cerita").click()
            await expect(person.phone("Warga").get_by_role("heading")).to_contain_text(name)
            await expect(person.page.get_by_role("button", name="+1 jam")).to_be_disabled()
            await expect(person.page.get_by_role("status").first).to_contain_text("Cerita selesai")
            await person.reads("Warga", "sudah ada petugas sosial")
            await person.reads("JSC", "Sudah ditangani tim provinsi (JSC)")
            await expect(person.page.get_by_role("button", name="+1 jam")).to_be_enabled()
        await person.page.get_by_role("button", name="Warga baru").click()
        await expect(person.phone("Warga").get_by_role("heading")).to_contain_text("Wati")
        await expect(person.phone("Warga").get_by_role("button", name="MULAI")).to_be_visible()
        await expect(person.phone("Warga").locator(".message")).to_have_count(0)


@in_a_browser
async def test_words_photos_pins_and_replies_go_out_as_from_a_phone_and_a_keyboard_is_enough() -> None:
    async with before_the_page() as (person, theatre):
        warga = person.phone("Warga")
        await warga.get_by_role("button", name="MULAI").press("Enter")
        await warga.get_by_role("button", name="📝 Lapor").press("Space")
        await warga.get_by_role("button", name="Setuju").press("Enter")
        await expect(warga.get_by_role("button", name="Setuju")).to_have_count(0)
        assert await person.page.evaluate("document.activeElement.className") == "log", "focus stays on the phone"
        await person.press("Warga", "Tetangga", "Lansia", "✅ Tidak ada")
        await person.press("Warga", "Lokasi", "Kirim lokasi")
        await person.reads("Warga", "Singosari")
        await expect(warga.locator(".mine .media")).to_contain_text("📍 -7.8921, 112.6660")
        await person.write("Warga", "<img src=x onerror=alert(1)> & <b>tebal</b>")
        await expect(warga.locator(".mine .words").last).to_have_text("<img src=x onerror=alert(1)> & <b>tebal</b>")
        await person.press("Warga", "Foto", "Foto contoh")
        await expect(warga.locator(".mine img")).to_have_count(1)
        await warga.locator("input[type=file]").set_input_files(
            {"name": "a.png", "mimeType": "image/png", "buffer": PIXEL}
        )
        await expect(warga.locator(".mine img")).to_have_count(2)
        await person.press("Warga", "Suara")
        await expect(warga.locator(".mine .media").last).to_contain_text("🎙️")
        await person.press("Warga", "Kontak")
        await expect(warga.locator(".mine .media").last).to_contain_text("👤 Siti +62812")
        await warga.locator(".theirs").first.hover()
        await warga.get_by_role("button", name="Balas").first.click()
        await person.write("Warga", "balasan")
        await expect(warga.locator(".mine .reply")).to_have_count(1)
        screen = theatre.telegram.desk.ask("screen", chat=theatre.phones[0].user)
        sent = [one for one in screen if one["sender"] == "user" and one["media"]]
        assert [one["media"] for one in sent] == ["location", "photo", "photo", "voice", "contact"]
        sample, chosen = (theatre.telegram.state.files.by_id[one["detail"][-1]["file_id"]] for one in sent[1:3])
        assert sample.data.startswith(b"\x89PNG") and len(sample.data) > 500
        assert chosen.data == PIXEL


def browser(theatre: Theatre) -> httpx.AsyncClient:
    return httpx.AsyncClient(trust_env=False, base_url=theatre.telegram.url, timeout=PATIENCE)


async def test_the_page_needs_nothing_from_elsewhere() -> None:
    async with served() as theatre, browser(theatre) as client:
        for path, kind in (("/", "text/html"), ("/page.js", "text/javascript"), ("/page.css", "text/css")):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert not re.findall(r"https?://", answer.text)
        assert (await client.get("/nothing")).status_code == 404
        scene = (await client.get("/page/scene")).json()
        assert [phone["title"].split()[0] for phone in scene["phones"]] == ["Warga", "TKSK", "Koordinator", "JSC"]
        assert [chat["label"] for chat in scene["phones"][3]["chats"]] == ["Grup", "Pribadi"]
        assert not scene["phones"][0]["chats"][0]["screen"]
        for phone in scene["phones"][1:]:
            assert "Selamat bergabung" in phone["chats"][-1]["screen"][-1]["text"], "bound before anybody comes"


async def test_the_next_event_turns_the_clock_and_the_page_hears_of_it() -> None:
    async with served() as theatre, browser(theatre) as client:
        phone = theatre.telegram.phone(theatre.phones[0].user)
        await phone.start()
        for label in ("Lapor", "Setuju"):
            await settle(theatre.app, theatre.telegram)
            await phone.press(label)
        await settle(theatre.app, theatre.telegram)
        scene: dict[str, Any] = {"version": -1, "next": None}
        early, late = theatre.telegram.clock.now() + MENTIONED, theatre.telegram.clock.now() + timedelta(hours=6)
        while not scene["next"] or not early < datetime.fromisoformat(scene["next"]) < late:  # the draft, no summary
            scene = (await client.get(f"/page/scene?after={scene['version']}")).json()
        waiting = asyncio.create_task(client.get(f"/page/scene?after={scene['version']}"))
        begun = time.monotonic()
        assert (await client.post("/page/turn", json={"seconds": None})).status_code == 200
        assert (await waiting).json()["version"] > scene["version"]
        now = datetime.fromisoformat((await client.get("/page/scene")).json()["now"])
        went_on = timedelta(seconds=time.monotonic() - begun)  # the clock goes on by itself meanwhile
        assert timedelta(0) <= now - datetime.fromisoformat(scene["next"]) < timedelta(seconds=20) + went_on
        assert phone.find("belum terkirim"), "what was due has happened"
        before, begun = theatre.telegram.clock.now(), time.monotonic()
        await client.post("/page/turn", json={"seconds": 600})
        turned = theatre.telegram.clock.now() - before
        went_on = timedelta(seconds=time.monotonic() - begun)
        assert timedelta(minutes=10) <= turned < timedelta(minutes=11) + went_on
        refused: tuple[Any, ...] = ({"seconds": -1}, {"seconds": "x"}, [], {"seconds": 10**9})
        for wrong in refused:
            assert (await client.post("/page/turn", json=wrong)).status_code == 400
        assert (await client.post("/page/nonsense")).status_code == 404


async def test_no_press_grows_old_while_time_is_turned(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    pressed: set[datetime] = set()

    async def press() -> None:
        if w.now.replace(minute=0, second=0, microsecond=0) not in pressed:
            pressed.add(w.now.replace(minute=0, second=0, microsecond=0))
            await tksk.press("Tugas saya")

    await pass_time(w.app, w.telegram, w.now + timedelta(days=1), press)
    await w.settle()
    assert len(pressed) > 2
    assert not w.telegram.state.updates.expired, "Telegram drops a press after 150 s"
    assert not tksk.unanswered()


async def test_one_hand_at_a_time_holds_the_clock() -> None:
    async with served(pace=5) as theatre, browser(theatre) as client:
        assert (await client.post("/page/story")).status_code == 200
        for deed in ("turn", "newcomer"):
            assert (await client.post(f"/page/{deed}", json={"seconds": 60})).status_code == 409
        assert (await client.get("/page/scene")).json()["playing"]
        assert (await client.post("/page/story")).status_code == 200
        scene = (await client.get("/page/scene")).json()
        assert (scene["playing"], scene["busy"]) == (False, False)
        assert "dihentikan" in scene["line"]


STRANGERS = (
    {"Origin": "http://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Host": "rebound.example"},
    {"Host": "rebound.example", "Origin": "http://rebound.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
)


async def test_no_other_page_drives_the_phones() -> None:
    async with served() as theatre, browser(theatre) as client:
        before, begun = theatre.telegram.clock.now(), time.monotonic()
        token = theatre.telegram.token
        for headers in STRANGERS:
            for path in ("/page/turn", "/page/story", "/control/clock", "/control/do/clock", f"/bot{token}/logOut"):
                answer = await client.post(path, json={"seconds": 86_400, "advance": 86_400}, headers=headers)
                assert answer.status_code == 403, (path, headers)
            for path in ("/control/do/clock?advance=86400", "/page/scene"):
                assert (await client.get(path, headers=headers)).status_code == 403, (path, headers)
        went_on = timedelta(seconds=time.monotonic() - begun)
        assert theatre.telegram.clock.now() - before < timedelta(minutes=1) + went_on


async def test_our_own_page_and_programs_are_let_in() -> None:
    async with served() as theatre, browser(theatre) as client:
        port = theatre.telegram.url.rpartition(":")[2]
        own: tuple[dict[str, str], ...] = (
            {},
            {"Origin": theatre.telegram.url, "Sec-Fetch-Site": "same-origin"},
            {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"},
            {"Host": "localhost:9", "Origin": "http://localhost:9"},
        )
        for headers in own:
            answer = await client.post("/control/clock", json={"advance": 1}, headers=headers)
            assert answer.status_code == 200, headers
        followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert (await client.get("/", headers=followed)).status_code == 200
