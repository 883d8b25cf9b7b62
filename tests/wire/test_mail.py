"""Mail, to a real server: a number and nothing else; and the admins hear by mail when Telegram is silent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Letter
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from bot.actions.letters import lane_of
from bot.config import ConfigError, Smtp, load_settings
from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from notifiers.mail import Mailer, compose
from notifiers.outcome import Later, Never, Sent, Unauthorized, Unknown
from storage import kinds, outbox
from storage.claims import Claimed
from tests.support.receiving import free_port
from tests.support.world import SINGOSARI, World, until, world
from tests.wire.test_sender import rows, tell

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CHAINED = {"kind": "Gangguan jiwa", "danger": "Dirantai"}
PIKET, KEPALA, ADMIN = "piket@jsc.example.org", "kepala@jsc.example.org", "pengelola@jsc.example.org"
BOT = "tersapa@bot.example.org"


class Server:
    """A mail server on loopback that answers as told: `rcpt` and `data` are asked for each letter."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.rcpt: Callable[[str], str] = lambda _: "250 OK"
        self.data: Callable[[Letter], str] = lambda _: "250 OK"
        self.logins: list[bytes] = []
        self._server: asyncio.Server | None = None
        self._callers: list[SMTP] = []
        self.port = free_port()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        answer = self.rcpt(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content)
        answer = self.data(letter)
        if answer.startswith("2"):
            self.letters.append(letter)
        if answer == "2xx lost":
            server.transport.abort()
        return answer

    def _knows(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.password)
        return AuthResult(success=data.password == b"benar", handled=False)

    async def up(self, *, login: bool = False) -> None:
        """Listen; with `login` the password is "benar"."""
        more: dict[str, Any] = {"authenticator": self._knows, "auth_require_tls": False} if login else {}
        self._server = await asyncio.get_running_loop().create_server(
            lambda: self._caller(SMTP(self, **more)), "127.0.0.1", self.port
        )

    def _caller(self, protocol: SMTP) -> SMTP:
        self._callers.append(protocol)
        return protocol

    def down(self) -> None:
        """Refuse connections, and hang up on those that are there."""
        if self._server is not None:
            self._server.close()
        for caller in self._callers:
            if caller.transport is not None:
                caller.transport.close()
        self._callers.clear()

    def settings(self, **more: Any) -> dict[str, Any]:
        return {"host": "127.0.0.1", "port": self.port, "sender": BOT, "starttls": False, **more}

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter["To"] == address]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    await made.up()
    yield made
    made.down()


@asynccontextmanager
async def mailing(tmp_path: Path, server: Server, *emails: str, **smtp: Any) -> AsyncIterator[World]:
    async with world(tmp_path, jsc={"emails": emails}, smtp=server.settings(**smtp)) as w:
        yield w


def row(**more: Any) -> Claimed:
    whole = {"to": PIKET, "subject": "TS-1: buka bot", "text": "TS-1: buka bot. https://t.me/tersapa_bot"}
    made = Claimed(1, "u1", 1, outbox.MAIL, 1, "letter", whole, None, None, 0, 1, 0, 1, NOW, None, None)
    return replace(made, **more)


def told(phone: Phone, words: str) -> list[str]:
    return [message.text for message in phone.from_bot() if words in message.text]


# --- letters to JSC ----------------------------------------------------------------------------------------


async def test_a_letter_says_the_number_and_where_the_bot_is(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, PIKET, KEPALA) as w:
        await w.worker("jsc", "35")
        number = await w.reports(w.person("Siti Rahayu"), **CHAINED, story="Pak Kardi dirantai")
        assert {letter["To"] for letter in server.letters} == {PIKET, KEPALA}
        for letter in server.letters:
            assert letter["From"] == BOT
            assert letter["Subject"] == f"{number}: buka bot"
            body = letter.get_payload()
            assert isinstance(body, str)
            assert body.split() == f"{number}: buka bot. https://t.me/{w.app.bot.username}".split()
            known = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type"}
            assert set(letter.keys()) - {"Content-Transfer-Encoding", "MIME-Version", "X-Peer"} == known
        await w.passes(hours=4)
        assert len(server.to(PIKET)) == 2, "asked again, written again"
        assert len({letter["Message-ID"] for letter in server.letters}) == 4


async def test_what_waits_does_not_pile_up_and_what_is_taken_is_not_sent(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, PIKET) as w:
        jsc = await w.worker("jsc", "35")
        server.down()
        first = await w.reports(w.person(), **CHAINED)
        await w.press(jsc, "Saya tangani")
        second = await w.reports(w.person(), **CHAINED)
        await w.passes(hours=10)
        assert [letter.state for letter in await rows(w, channel=outbox.MAIL)] == ["cancelled", "pending"]
        await server.up()
        await w.passes(minutes=20)
        assert [letter["Subject"] for letter in server.letters] == [f"{second}: buka bot"] != [f"{first}: buka bot"]
        assert [letter.state for letter in await rows(w, channel=outbox.MAIL)] == ["cancelled", "sent"]


async def test_a_dead_mail_server_is_told_once_and_its_return_too(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, PIKET, KEPALA) as w:
        admin = await w.worker("admin", "35")
        await w.worker("jsc", "35")
        server.down()
        await w.reports(w.person(), **CHAINED)
        await w.passes(hours=1)
        await w.stop()
        await w.start()
        await w.passes(hours=1)
        assert len(told(admin, "Surel tidak terkirim")) == 1
        await server.up()
        await w.passes(minutes=20)
        assert {letter["To"] for letter in server.letters} == {PIKET, KEPALA}
        assert len(server.letters) == 2
        assert len(told(admin, "Surel terkirim lagi")) == 1
        assert len(told(admin, "Surel tidak terkirim")) == 1


async def test_an_address_that_refuses_is_told_and_the_others_go_on(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, PIKET, KEPALA) as w:
        admin = await w.worker("admin", "35")
        await w.worker("jsc", "35")
        server.rcpt = lambda address: "550 5.1.1 no such mailbox" if address == KEPALA else "250 OK"
        await w.reports(w.person(), **CHAINED)
        await w.passes(minutes=40)
        assert [letter["To"] for letter in server.letters] == [PIKET]
        assert [letter.state for letter in await rows(w, dest=lane_of(KEPALA))] == ["dead"]
        assert len(told(admin, "Surel tidak terkirim")) == 1


async def test_a_refused_login_uses_nothing_up(tmp_path: Path, server: Server) -> None:
    server.down()
    await server.up(login=True)
    async with mailing(tmp_path, server, PIKET, user="tersapa", password="salah") as w:
        admin = await w.worker("admin", "35")
        await w.worker("jsc", "35")
        w.app.sender.auth_pause = 0.05
        await w.reports(w.person(), **CHAINED)
        for _ in range(5):
            await until(lambda: not w.app.sender.in_flight)  # what a try meant is written down at its own time
            tried = len(server.logins)
            w.telegram.turn(20 * 60)
            w.app.sender.wake()
            await until(lambda tried=tried: len(server.logins) > tried)  # type: ignore[misc]
        await until(lambda: not w.app.sender.in_flight)
        await w.settle()
        (letter,) = (await rows(w, channel=outbox.MAIL))[:1]
        assert (letter.state, letter.attempts) == ("pending", 0)
        assert len(server.logins) < 25, "an account is not locked by trying"
        assert len(told(admin, "Surel tidak terkirim")) == 1
        await w.stop()
        await w.start(smtp=server.settings(user="tersapa", password="benar"))
        await w.settle()
        assert len(server.letters) == 1


# --- the adapter and the server's answers ------------------------------------------------------------------


async def test_what_the_server_says_is_what_becomes_of_the_letter(server: Server) -> None:
    mailer = Mailer(Smtp.model_validate(server.settings()))
    assert isinstance(await mailer.send(row()), Sent)
    for answer, kind in (
        ("451 later", Later),
        ("452 full", Later),
        ("550 none", Never),
        ("530 login first", Unauthorized),
    ):
        server.rcpt = lambda _, answer=answer: answer  # type: ignore[misc]
        assert isinstance(await mailer.send(row()), kind), answer
    server.rcpt = lambda _: "250 OK"
    for answer, kind in (("451 later", Later), ("554 spam", Never)):
        server.data = lambda _, answer=answer: answer  # type: ignore[misc]
        assert isinstance(await mailer.send(row()), kind), answer


async def test_a_letter_in_doubt_goes_again_under_the_same_name(server: Server) -> None:
    mailer = Mailer(Smtp.model_validate(server.settings()))
    server.data = lambda _: "2xx lost"
    assert isinstance(await mailer.send(row()), Unknown)
    server.data = lambda _: "250 OK"
    assert isinstance(await mailer.send(row(attempts=2, unknowns=1)), Sent)
    first, second = server.letters
    assert first["Message-ID"] == second["Message-ID"] == "<u1@bot.example.org>"
    assert first.as_bytes().split(b"X-Peer")[0] == second.as_bytes().split(b"X-Peer")[0]


async def test_nothing_there_or_silence_before_the_letter_is_surely_not_sent(server: Server) -> None:
    mailer = Mailer(Smtp.model_validate(server.settings()))
    server.down()
    assert isinstance(await mailer.send(row()), Later)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    mute = await asyncio.start_server(silent, "127.0.0.1", server.port)
    mailer.call_limit = 0.3
    assert isinstance(await mailer.send(row()), Later)
    mute.close()


async def test_a_letter_never_leaves_in_clear_when_encryption_is_asked_for(server: Server) -> None:
    mailer = Mailer(Smtp.model_validate(server.settings(starttls=True)))
    assert isinstance(await mailer.send(row()), Later)
    assert not server.letters


def test_a_header_cannot_be_smuggled_in() -> None:
    for field in ("to", "subject"):
        for newline in ("\n", "\r", "\r\n"):
            with pytest.raises(ValueError, match=r"header|Header|CR|newline"):
                compose(BOT, row(payload={**row().payload, field: f"a@b.c{newline}Bcc: x@y.z"}))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f'[jsc]\nemails = ["{PIKET}"]', "line 2: [jsc] emails: a mail server is needed"),
        (f'[smtp]\nadmins = ["{ADMIN}"]', "line 2: [smtp] admins: a mail server is needed"),
        ('[smtp]\nhost = "mail.example.org"', "[smtp] sender: plain mail addresses"),
        (f'[smtp]\nhost = "m"\nsender = "{BOT}"\nadmins = ["a@b.c\\nBcc: d@e.f"]', "line 4: [smtp] admins"),
        ('[jsc]\nemails = ["Piket <piket@jsc.example.org>"]', "line 2: [jsc] emails: plain mail addresses"),
        (f'[smtp]\nhost = "m"\nsender = "{BOT}"\nport = 0', "line 4: [smtp] port"),
        (
            f'[smtp]\nhost = "mail.example.org"\nsender = "{BOT}"\npassword = "x"\nport = 25\nstarttls = false',
            "line 6: [smtp] starttls: a password never leaves this machine in clear",
        ),
    ],
)
def test_a_wrong_setting_names_key_and_line(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(body, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert said in str(caught.value)


# --- when Telegram is silent -------------------------------------------------------------------------------


async def test_a_silent_telegram_is_told_by_mail_once_and_its_return_too(
    tmp_path: Path, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async with mailing(tmp_path, server, admins=(ADMIN,)) as w:
        tksk, admin = await w.worker("tksk", SINGOSARI), await w.worker("admin", "35")
        await w.reports(w.person())
        await w.passes(hours=2)
        w.telegram.fault("error", code=502, method="send*")
        await tell(w, tksk, "halo", kind=kinds.NEWS)
        await tell(w, admin, "halo", kind=kinds.NEWS)
        await w.passes(minutes=28)
        assert not server.letters
        await w.passes(minutes=4)
        (letter,) = server.to(ADMIN)
        assert letter["Subject"] == "Tersapa: mohon diperiksa"
        assert "Telegram tidak menerima pesan bot sejak pukul" in str(letter.get_payload())
        assert any(
            record.levelname == "CRITICAL" and record.message == "a channel is dead" for record in caplog.records
        )
        await w.stop()
        await w.start()
        await w.passes(minutes=40)
        assert len(server.letters) == 1, "told once, whatever starts again"
        w.telegram.calm()
        await w.passes(minutes=6)  # what waited arrives
        assert [str(letter.get_payload())[:33] for letter in server.letters[1:]] == [
            "Telegram menerima pesan bot lagi."[:33]
        ]
        await w.passes(hours=1)
        assert len(server.letters) == 2


async def test_one_chat_that_fails_is_no_silence(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, admins=(ADMIN,)) as w:
        ani, budi = w.person("Ani"), w.person("Budi")
        await ani.start()
        await budi.start()
        await w.settle()
        w.telegram.fault("error", code=502, method="send*", chat_id=ani.id)
        await tell(w, ani, "halo", kind=kinds.NEWS)
        for _ in range(4):
            await tell(w, budi, "halo", kind=kinds.NEWS)
            await w.passes(minutes=12)
        assert not server.letters


async def test_a_refused_token_is_told_by_mail_at_once(tmp_path: Path, server: Server) -> None:
    async with mailing(tmp_path, server, admins=(ADMIN,)) as w:
        ani = w.person("Ani")
        await ani.start()
        await w.settle()
        w.app.sender.auth_pause = 0.3
        refused, soon = list[datetime](), w.app.sender.on_unauthorized

        def heard() -> None:
            refused.append(w.now)
            soon()

        async def ticks_until(true: Callable[[], object]) -> None:
            async with asyncio.timeout(PATIENCE):
                while not true():
                    await w.app.tick()
                    await asyncio.sleep(0.02)

        w.app.sender.on_unauthorized = heard
        w.telegram.settings(revoked=True)
        await tell(w, ani, "halo", kind=kinds.NEWS)
        await ticks_until(lambda: server.letters)
        assert "token" in str(server.to(ADMIN)[0].get_payload())
        seen = len(refused)
        await ticks_until(lambda: len(refused) >= seen + 2)
        await ticks_until(lambda: not w.app.sender.in_flight)
        assert len(server.letters) == 1, "a pause that ends is no recovery"
        w.telegram.settings(revoked=False)
        await w.settle()
        assert ani.find("halo")
        await w.passes(minutes=1)
        assert len(server.letters) == 2


async def test_when_telegram_is_silent_too_the_webhooks_death_is_told_by_mail(tmp_path: Path, server: Server) -> None:
    jsc = {"webhook_url": "http://127.0.0.1:9/", "webhook_secret": "whsec_" + "QUJD" * 10}
    async with world(tmp_path, jsc=jsc, smtp=server.settings(admins=(ADMIN,))) as w:
        tksk = await w.worker("tksk", SINGOSARI)
        await w.worker("admin", "35")
        await w.reports(w.person())
        w.telegram.fault("error", code=502, method="send*")
        await w.press(tksk, "Saya tangani")
        await w.passes(minutes=40)
        said = " ".join(str(letter.get_payload()) for letter in server.to(ADMIN))
        assert "Telegram tidak menerima" in said
        assert "Sistem JSC tidak bisa dihubungi" in said
        assert len(server.letters) == 2
