"""Who is harmed plants their story, their place and their phone: nothing that leaves before a worker takes it has them.

Looked at is everything that left: each call to Telegram, JSC's webhook, its mail, and the log.
"""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.actions import events, letters
from bot.core.knowledge import NONE, UNKNOWN
from bot.localtelegram.phones import Group, Phone
from bot.logs import JsonLines
from storage.session import Session
from storage.tables import Case
from tests.support.case_views import FIELD
from tests.support.length import each
from tests.support.receiving import SECRET, Endpoint, turn_the_library
from tests.support.world import MALANG, SINGOSARI, World, world
from tests.wire.test_mail import Server

STORY, MORE = "dipukul pakai sapu ijuk ungu", "kemarin gelas kenanga pecah semua"
PLACE, DESA = "gang buntu kenari biru", "Toyomarto"
PHONE = "81298765432"
PLANTED = (STORY, MORE, PLACE, PHONE)
DANGERS = {"Tidak tahu": 30, "Orangnya masih di dekat": 2, "Dilecehkan": 30}
"""What is named, and after how many hours the whole ladder was asked."""
KIND = ("Dipukul, diancam", "kekerasan", "Dilecehkan", "Orangnya masih")
"""What a group, an event and a letter do not say of it."""


@asynccontextmanager
async def everybody(tmp: Path, endpoint: Endpoint, mail: Server) -> AsyncIterator[tuple[World, Group, Phone]]:
    """A whole province: workers on each rung, JSC with a group, a webhook and a mailbox; the TKSK is named."""
    jsc: dict[str, Any] = {**endpoint.settings, "emails": ["piket@jsc.example.org"]}
    async with world(tmp, smtp=mail.settings()) as w:
        rina = await w.worker("jsc", "35", "Rina")
        group = w.telegram.group("JSC", [rina])
        await w.stop()
        await w.start(jsc={**jsc, "chat_id": group.id})
        tksk = await w.worker("tksk", SINGOSARI)
        for role in ("koordinator", "dinsos"):
            await w.worker(role, MALANG)
        yield w, group, tksk


async def tells(w: World, siti: Phone, danger: str) -> int:
    """The whole report of somebody who is harmed; returns the last message of it."""
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Dipukul, diancam", danger)
    if "Tidak bisa telepon" in " ".join(siti.buttons()):
        await w.press(siti, "Tidak bisa telepon")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", f"Desa {DESA}")
    if "Lewati" in " ".join(siti.buttons()):
        await w.say(siti, STORY)
    await w.press(siti, "Telepon pada jam tertentu")
    await w.say(siti, f"jam 9 pagi di {PLACE}")
    await siti.contact()
    await w.settle()
    if "Tambah cerita" in " ".join(siti.buttons()):
        await w.press(siti, "Tambah cerita")
        await w.say(siti, STORY)
    await w.press(siti, "Kirim laporan")
    return siti.last().message_id


def left(w: World, *, but: int = 0, to: int = 0) -> str:
    """All that was said to other people than `but`, or `to` one chat alone, as the calls that said it."""
    calls = [call.params for call in w.telegram.state.calls if "chat_id" in call.params]
    found = [one for one in calls if int(one["chat_id"]) != but and to in (0, int(one["chat_id"]))]
    return json.dumps(found, ensure_ascii=False, default=str)


@pytest.mark.parametrize("danger", each(DANGERS, "Orangnya masih di dekat", "Dilecehkan"))
async def test_nothing_that_was_planted_leaves_before_a_worker_takes_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, danger: str
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint, mail = Endpoint(tmp_path), Server()
    endpoint.up()
    await mail.up()
    try:
        async with everybody(tmp_path, endpoint, mail) as (w, group, tksk):
            turn_the_library(monkeypatch, w)
            siti = w.person("Siti", phone_number=f"+62{PHONE}")
            receipt = await tells(w, siti, danger)
            await w.say(siti, MORE)
            await w.press(siti, "Tambahkan")
            own = siti.last().message_id
            await w.passes(hours=DANGERS[danger])
            number = (await w.case()).number
            said = left(w, but=siti.id)
            assert number in said and group.find(number) and endpoint.stored() and mail.letters, "everybody was asked"
            assert not [planted for planted in PLANTED if planted in said]
            # Groups, events and letters read less than that: no desa, and not what it is.
            bodies = "\n".join(body for _, body in endpoint.stored())
            mails = "\n".join(str(letter) + str(letter.get_payload(decode=True)) for letter in mail.letters)
            posts = left(w, to=group.id)
            for what, text in (("event", bodies), ("letter", mails), ("group", posts)):
                assert number in text, what
                assert not [word for word in (*PLANTED, *KIND, DESA, "35.07.24.2016") if word in text], what
            assert "perlindungan" in bodies and "Perlindungan" in posts and "35.07.24" in bodies
            # Nor does the own phone say it again, once the number is there.
            pushed = [message.words for message in siti.from_bot() if message.message_id > own]
            assert pushed and not [text for text in pushed if number in text or DESA in text or "110" in text]
            after = [message.words for message in siti.from_bot() if message.message_id >= receipt]
            assert not [planted for planted in PLANTED if planted in "\n".join(after)]
            await w.press(tksk, "Saya tangani")
            read = "\n".join(message.words for message in tksk.from_bot())
            assert not [planted for planted in PLANTED if planted not in read], "who has the case reads all of it"
            told = {int(call.params["chat_id"]) for call in w.telegram.state.calls if STORY in str(call.params)}
            assert told <= {siti.id, tksk.id}
    finally:
        mail.down()
        endpoint.down()
    lines = "\n".join(JsonLines((w.telegram.token,)).format(record) for record in caplog.records)
    assert not [planted for planted in PLANTED if planted in lines]


EVERY = [(c, i) for c, kind in FIELD.categories.items() for i in (*(d.item for d in kind.dangers), NONE, UNKNOWN)]


async def test_events_and_letters_of_protected_kinds_name_the_kecamatan_and_no_more(tmp_path: Path) -> None:
    """Every category with every danger: kekerasan, anak and sexual harm read "perlindungan", with no desa."""
    jsc = {"webhook_url": "http://127.0.0.1:9/hook", "webhook_secret": SECRET, "emails": ["piket@jsc.example.org"]}
    async with world(tmp_path, jsc=jsc, smtp=Server().settings()) as w:

        def emitted(session: Session) -> list[str]:
            turn, said = w.turn(session), []
            place: dict[str, Any] = {"kabupaten": MALANG, "kecamatan": SINGOSARI, "desa": "35.07.24.2016"}
            for category, item in EVERY:
                kind: dict[str, Any] = {"category": category, "danger": item, "urgency": "biasa", "status": "open"}
                case = Case(id="0" * 12, number="TS-ABC234", round=1, created_at=w.now, policy_id="", **place, **kind)
                events.emit(turn, case, "case.escalated", repeated=False)
                letters.reached(turn, case)
                rows, session.said.rows = session.said.rows, []
                assert [row.channel for row in rows] == ["jsc", "mail"]
                texts = (
                    session.vault.open(session, "outbox", "payload", row.uid, row.payload_sealed or b"") for row in rows
                )
                said.append("\n".join(texts))
            return said

        for (category, item), text in zip(EVERY, await w.read(emitted), strict=True):
            shielded = category in ("anak", "kekerasan") or FIELD.categories[category].flag(item) == "seksual"
            assert ('"perlindungan"' in text) == shielded, (category, item)
            assert ("35.07.24.2016" in text) != shielded and '"35.07.24"' in text
            assert not shielded or f'"{category}"' not in text
            assert f'"{item}"' not in text, "the danger is named nowhere"
