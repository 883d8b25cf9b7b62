"""JSC's webhook: nothing is lost in a day's outage, nobody else is called, and the page for its developers is true."""

import asyncio
import json
import os
import re
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.config import ConfigError, Jsc, load_settings
from bot.core.hours import WIB
from bot.demo.turning import PATIENCE
from bot.engine import channels
from bot.localtelegram.phones import Phone
from notifiers import schedule
from notifiers.guard import Guard, NotAllowed, is_public
from notifiers.jsc import JscWebhook
from notifiers.outcome import Later, Outcome, Sent, Unknown
from storage import kinds, outbox, sending
from storage.claims import Claimed, Order, Pace, claim
from storage.sending import Became
from tests.support.receiving import EXAMPLE, OTHER_SECRET, SECRET, Endpoint, free_port, turn_the_library
from tests.support.stopwatch import Stopwatch
from tests.support.world import SINGOSARI, World, until, world
from tests.wire.test_sender import rows

PAGE = Path(__file__).parents[2] / "docs" / "jsc-webhook.md"
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CHAINED = {"kind": "Gangguan jiwa", "danger": "Dirantai"}


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    made = Endpoint(tmp_path)
    made.up()
    yield made
    made.down()


def told(phone: Phone, words: str) -> list[str]:
    """What the bot said to somebody with these words in it."""
    return [message.text for message in phone.from_bot() if words in message.text]


def why(answer: Outcome) -> str:
    assert isinstance(answer, Later)
    return answer.why


def event(**more: Any) -> Claimed:
    """A claimed event, as the sender hands it over."""
    whole = {"type": "case.closed", "timestamp": NOW.isoformat(), "data": {"number": "TS-1", "note": "é ✓"}}
    row = Claimed(1, "u1", 1, outbox.JSC, 0, "event", whole, None, None, 0, 1, 0, 1, NOW, None, None)
    return replace(row, **more)


@asynccontextmanager
async def hook(url: str, verify: ssl.SSLContext | bool = True, **more: Any) -> AsyncIterator[JscWebhook]:
    made = JscWebhook(Jsc.model_validate({"webhook_url": url, "webhook_secret": SECRET, **more}), verify)
    try:
        yield made
    finally:
        await made.close()


# --- a day's outage ----------------------------------------------------------------------------------------


async def test_a_day_without_the_endpoint_loses_nothing(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(tmp_path, jsc=endpoint.settings) as w:
        turn_the_library(monkeypatch, w)
        admin, jsc = await w.worker("admin", "35"), await w.worker("jsc", "35")
        endpoint.down()
        numbers = [await w.reports(w.person(), **CHAINED)]
        await w.passes(hours=4)
        endpoint.status = 503
        endpoint.up()
        await w.stop()
        await w.start()
        numbers.append(await w.reports(w.person(), **CHAINED))
        await w.passes(hours=3)
        assert len(set(endpoint.tried)) == 1, "only the oldest event knocks"
        endpoint.down()
        await w.stop()
        w.telegram.turn(13 * 3600)
        await w.start()
        numbers.append(await w.reports(w.person(), **CHAINED))
        await w.passes(hours=4)
        await w.press(jsc, "Saya tangani")
        assert len(told(admin, "Sistem JSC tidak bisa dihubungi")) == 1
        said = await rows(w, channel=outbox.JSC)
        assert len(said) >= 6
        assert {row.state for row in said} == {"pending"}
        endpoint.status = None
        endpoint.up()
        await w.passes(minutes=20)
        said = await rows(w, channel=outbox.JSC)
        assert {row.state for row in said} == {"sent"}
        assert [f"msg_{row.uid}" for row in said] == [name for name, _ in endpoint.stored()], "all, oldest first"
        assert endpoint.tried[0] == f"msg_{said[0].uid}", "the id is what it was when it was tried first"
        assert endpoint.refused == 0, "the reference library verified every call"
        assert endpoint.tried[-len(said) :] == [f"msg_{row.uid}" for row in said], "none comes twice"
        bodies = [json.loads(body) for _, body in endpoint.stored()]
        assert {body["data"]["number"] for body in bodies} == set(numbers)
        assert [body["timestamp"] for body in bodies] == sorted(body["timestamp"] for body in bodies)
        assert "case.acknowledged" in {body["type"] for body in bodies}
        await w.passes(minutes=5)
        assert len(told(admin, "Sistem JSC bisa dihubungi lagi")) == 1
        assert len(told(admin, "Sistem JSC tidak bisa dihubungi")) == 1


async def test_a_short_hiccup_is_told_to_nobody(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(tmp_path, jsc=endpoint.settings) as w:
        turn_the_library(monkeypatch, w)
        admin = await w.worker("admin", "35")
        await w.worker("jsc", "35")
        endpoint.status = 500
        await w.reports(w.person(), **CHAINED)
        await w.passes(minutes=10)  # the next try is at most a quarter of an hour away
        endpoint.status = None
        await w.passes(minutes=40)
        assert len(endpoint.tried) > 5
        assert not told(admin, "Sistem JSC")


async def test_after_seven_days_an_event_is_given_up_and_admins_hear_it_once(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    async with world(tmp_path, jsc=endpoint.settings) as w:
        admin = await w.worker("admin", "35")
        tksk = await w.worker("tksk", SINGOSARI)
        endpoint.status = 500
        await w.reports(w.person())
        await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
        assert [row.state for row in await rows(w, channel=outbox.JSC)] == ["pending", "pending"]
        w.telegram.turn(7 * 86400)
        await w.settle()
        assert [row.state for row in await rows(w, channel=outbox.JSC)] == ["dead", "dead"]
        assert len(told(admin, "tujuh hari tidak terkirim")) == 1


async def test_of_two_replicas_one_tells_and_one_tells_that_it_is_over(both: World) -> None:
    w = both
    admin = await w.worker("admin", "35")

    def fails(session: Any) -> None:
        outbox.put(session, outbox.Outgoing(outbox.JSC, 0, kinds.EVENT, {}), w.now)
        outbox._wake_lanes(session)
        session.flush()
        (row,) = claim(session, w.now, Order(9, Pace(0), [outbox.JSC])).rows
        sending.record(session, row, Became("pending", failed_at=w.now - timedelta(minutes=31)))

    def heals(session: Any) -> None:
        (row,) = claim(session, w.now, Order(9, Pace(0), [outbox.JSC])).rows
        assert row.fails == 1
        sending.record(session, row, Became("sent", sent_at=w.now))

    def look(session: Any) -> int:
        return sum(channels.tell(w.turn(session), change) for change in channels.changes(session, w.now))

    for deed, words in ((fails, "tidak bisa dihubungi sejak"), (heals, "bisa dihubungi lagi")):
        await w.read(deed)
        assert sorted(await asyncio.gather(w.read(look), w.read(look))) == [0, 1]
        w.app.sender.wake()
        await until(lambda words=words: told(admin, words))  # type: ignore[misc]
        assert len(told(admin, words)) == 1


# --- what an endpoint may do to us -------------------------------------------------------------------------

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@asynccontextmanager
async def hostile(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that does as it likes once it has read a request."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def answers(*raw: bytes, heads: list[bytes] | None = None) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if heads is not None:
            heads.append(head)
        for part in raw:
            writer.write(part)
            await writer.drain()

    return serve


def status(code: int, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {code} X", "content-length: 0", *headers, "", "")).encode()


async def outcome(serve: Serve, limit: float = PATIENCE) -> Any:
    async with hostile(serve) as port, hook(f"http://127.0.0.1:{port}/") as made:
        made.call_limit = limit
        return await made.send(event(), NOW)


async def test_only_2xx_is_success() -> None:
    assert isinstance(await outcome(answers(status(204))), Sent)
    for code in (302, 400, 401, 404, 429, 500, 503):
        answer = await outcome(answers(status(code)))
        assert isinstance(answer, Later)
        assert answer.why == f"status {code}"


async def test_a_redirect_is_not_followed() -> None:
    reached: list[bytes] = []
    async with hostile(answers(status(204), heads=reached)) as inside:
        for code in (301, 302, 303, 307, 308):
            answer = await outcome(answers(status(code, f"location: http://127.0.0.1:{inside}/")))
            assert isinstance(answer, Later)
    assert not reached


async def test_an_answer_without_end_is_not_read() -> None:
    sent = 0

    async def pours(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 200000000\r\n\r\n")
        while sent < 200_000_000:
            writer.write(b"\0" * 65536)
            sent += 65536
            await writer.drain()

    assert isinstance(await outcome(pours), Sent)
    assert sent < 20_000_000


async def test_silence_trickles_and_garbage_are_in_doubt_and_bounded() -> None:
    async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def trickles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    for serve in (hangs, trickles, answers(b"\x16\x03\x01 nonsense\r\n\r\n"), answers(b"HTTP/1.1 200"), answers(b"")):
        async with asyncio.timeout(PATIENCE):
            watch = Stopwatch()
            assert isinstance(await outcome(serve, limit=0.3), Unknown)
            assert watch.seconds < 2


async def test_nobody_there_is_surely_not_sent(endpoint: Endpoint) -> None:
    endpoint.down()
    async with hook(f"http://127.0.0.1:{endpoint.port}/") as made:
        answer = await made.send(event(), NOW)
    assert isinstance(answer, Later)
    assert answer.counts
    endpoint.up()


async def test_waits_grow_with_the_failures_of_the_endpoint_and_retry_after_is_honoured() -> None:
    bounds = [(step.total_seconds() * 0.8, step.total_seconds() * 1.2) for step in schedule.WEBHOOK]
    for fails, (least, most) in enumerate([*bounds, bounds[-1], bounds[-1]]):
        assert least <= schedule.wait(schedule.WEBHOOK, fails).total_seconds() <= most
    assert [int(step.total_seconds()) for step in schedule.WEBHOOK] == [5, 30, 60, 120, 240, 480, 900]
    date = format_datetime(NOW + timedelta(hours=2), usegmt=True)
    for asked, least in (("7200", 7200), (date, 7200), ("999999999999", 86400), ("soon", 4), ("-5", 4), ("²", 4)):
        answer = await outcome(answers(status(503, f"retry-after: {asked.encode().decode('latin-1')}")))
        assert isinstance(answer, Later)
        assert answer.delay is not None
        assert least <= answer.delay.total_seconds() <= max(6, least)
    gone = await outcome(answers(status(410)))
    assert isinstance(gone, Later)
    assert gone.delay == timedelta(days=1)


async def test_a_start_knocks_at_once(tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    async with world(tmp_path, jsc=endpoint.settings) as w:
        turn_the_library(monkeypatch, w)
        await w.worker("jsc", "35")
        endpoint.status = 410
        await w.reports(w.person(), **CHAINED)
        await w.passes(hours=2)
        assert len(endpoint.tried) == 1, "who says 410 is left in peace"
        endpoint.status = None
        await w.stop()
        await w.start()
        await w.settle()
        assert len(endpoint.stored()) == 1, "the settings may have been put right"


# --- where it may call -------------------------------------------------------------------------------------

IPV4 = "127.0.0.1 127.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255"
DRESSED = "2130706433 0x7f000001 0177.0.0.1 017700000001 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1"
IPV6 = ":: ::1 fd00::1 fe80::1 fec0::1 ff02::1 64:ff9b::a00:1 2002:7f00:1:: 2001:0:1:: 2001:db8::1"


@pytest.mark.parametrize("host", f"{IPV4} {DRESSED} {IPV6}".split())
async def test_an_address_inside_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises((NotAllowed, OSError)):
        await Guard().addresses(host, 443)


def test_public_and_listed_addresses_are_allowed() -> None:
    for address in ("8.8.8.8", "103.28.12.1", "2001:4860:4860::8888", "64:ff9b::808:808"):
        assert is_public(ip_address(address)), address
    guard = Guard(networks=(ip_network("10.20.0.0/16"),))
    assert guard.allows(ip_address("10.20.3.4"))
    assert not guard.allows(ip_address("10.21.3.4"))
    assert not Guard(loopback=True).allows(ip_address("8.8.8.8")), "plain http never leaves this machine"


def certificate(tmp: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(server's, client's) contexts: a certificate for `host`, and the trust in it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = tmp / f"{host}.pem", tmp / f"{host}.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, secret)
    return server, ssl.create_default_context(cafile=str(chain))


async def test_the_checked_address_is_the_one_that_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that says one thing when it is checked and another when it is called gains nothing (F73)."""
    server, client = certificate(tmp_path, "jsc.example.org")
    heads: list[bytes] = []
    asked: list[str] = []
    names: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: names.append(name)
    loop = asyncio.get_running_loop()
    real = loop.getaddrinfo
    answers_of_the_name = [["127.0.0.1"], ["10.9.9.9", "127.0.0.1"], ["169.254.169.254"], ["127.0.0.1"]]

    async def resolve(host: Any, port: Any, **more: Any) -> Any:
        if host != "jsc.example.org":
            return await real(host, port, **more)
        asked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in answers_of_the_name[len(asked) - 1]]

    monkeypatch.setattr(loop, "getaddrinfo", resolve)
    hosts = {"webhook_hosts": ["jsc.example.org"], "webhook_networks": ["127.0.0.0/8"]}
    async with hostile(answers(status(204), heads=heads), server) as port:
        async with hook(f"https://JSC.example.org:{port}/hook?a=1", client, **hosts) as made:
            assert isinstance(await made.send(event(), NOW), Sent)
            assert isinstance(await made.send(event(), NOW), Sent), "an address inside is passed over"
            refused = await made.send(event(), NOW)
            assert isinstance(refused, Later)
            assert "not public" in refused.why
        other = certificate(tmp_path, "other.example.org")[1]
        async with hook(f"https://jsc.example.org:{port}/", other, **hosts) as made:
            assert isinstance(await made.send(event(), NOW), Later), "the certificate is checked for the name"
    assert len(asked) == 4, "resolved once a call, by us"
    assert len(heads) == 2
    assert names[:2] == ["jsc.example.org"] * 2
    assert b"POST /hook?a=1 HTTP/1.1" in heads[0]
    assert f"host: jsc.example.org:{port}".encode() in heads[0].lower()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('webhook_secret = "whsec_aGFsbG8="', "line 4: [jsc] webhook_secret: whsec_ and 24 to 64 bytes"),
        (f'webhook_secret = "whsec_{"QUJD" * 22}"', "line 4: [jsc] webhook_secret: whsec_ and 24 to 64 bytes"),
        ('webhook_secret = "whsec_not base64 but long enough to be a secret!!"', "line 4: [jsc] webhook_secret"),
        (f'webhook_secret = "{SECRET.removeprefix("whsec_")}"', "line 4: [jsc] webhook_secret"),
        (f'webhook_secret = "{SECRET}"\nwebhook_old_secret = "x"', "line 5: [jsc] webhook_old_secret"),
        (f'webhook_secret = "{SECRET}"\nwebhook_networks = ["10.20.0.1/16"]', "line 5: [jsc] webhook_networks"),
        (f'webhook_secret = "{SECRET}"\nwebhook_hosts = ["x.org"]', "line 5: [jsc] webhook_hosts: must name the host"),
    ],
)
def test_a_wrong_setting_names_key_and_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "config.toml"
    hosts = "" if "webhook_hosts" in line else '\nwebhook_hosts = ["jsc.example.org"]'
    path.write_text(f'[jsc]\n\nwebhook_url = "https://jsc.example.org/"\n{line}{hosts}\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert said in str(caught.value)


# --- the page, and the example receiver --------------------------------------------------------------------


def shape(value: Any) -> Any:
    """The keys of a payload and the kinds of its values; what may be null is only named."""
    if isinstance(value, dict):
        return {key: key if key == "desa" else shape(inner) for key, inner in value.items()}
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", value):
        return "time in UTC"
    return type(value).__name__


async def test_what_is_sent_is_what_the_page_shows(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples are the allow-list: an event with a key more or less fails (T15)."""
    blocks = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    shown = {block["type"]: shape(block) for block in map(json.loads, blocks)}
    async with world(tmp_path, jsc=endpoint.settings) as w:
        turn_the_library(monkeypatch, w)
        jsc = await w.worker("jsc", "35")
        await w.reports(w.person("Siti Rahayu"), **CHAINED, story="Pak Kardi, 40 tahun, telepon 08123456789")
        await w.press(jsc, "Saya tangani", "Menunggu …", "Kamar RSJ", "Besok")
        await w.passes(minutes=5)
        await w.press(jsc, "Kembalikan")
        await w.passes(hours=4)
        await w.press(jsc, "Saya tangani")
        await w.passes(hours=7)
        await w.press(jsc, "Selesai", "Tertolong")
        bodies = [body for _, body in endpoint.stored()]
        assert {name: shape(body) for name, body in ((json.loads(b)["type"], json.loads(b)) for b in bodies)} == shown
        assert all(shape(json.loads(body)) == shown[json.loads(body)["type"]] for body in bodies)
        assert not [body for body in bodies for value in ("Siti", "Kardi", "0812", str(jsc.id)) if value in body]


async def post(port: int, headers: dict[str, str], body: bytes) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{name}: {value}" for name, value in {"content-length": str(len(body)), **headers}.items()]
    writer.write("\r\n".join(("POST /hook HTTP/1.1", "host: x", *lines, "", "")).encode("latin-1") + body)
    await writer.drain()
    head = await reader.readline()
    writer.close()
    return int(head.split()[1])


async def test_the_example_receiver_is_run(tmp_path: Path) -> None:
    port = free_port()
    database = tmp_path / "events.db"
    command = (sys.executable, str(EXAMPLE), "--port", str(port), "--database", str(database))
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "JSC_WEBHOOK_SECRET": SECRET})
    try:
        async with hook(f"http://127.0.0.1:{port}/hook") as made:
            now = datetime.now(UTC)
            async with asyncio.timeout(PATIENCE):
                while not isinstance(await made.send(event(uid="first"), now), Sent):
                    await asyncio.sleep(0.05)
            jakarta = now.astimezone(WIB)
            assert isinstance(await made.send(event(uid="first"), now), Sent), "a repeat is welcome"
            assert isinstance(await made.send(event(uid="second"), jakarta), Sent), "a time in WIB is signed as UTC"
            for late in (timedelta(minutes=6), -timedelta(minutes=6)):
                assert why(await made.send(event(uid="third"), now - late)) == "status 401"
            headers = made._headers("msg_fourth", b"{}", now)
        async with hook(f"http://127.0.0.1:{port}/", webhook_secret=OTHER_SECRET) as wrong:
            assert why(await wrong.send(event(uid="fifth"), now)) == "status 401"
        async with hook(
            f"http://127.0.0.1:{port}/", webhook_secret=OTHER_SECRET, webhook_old_secret=SECRET
        ) as changing:
            assert isinstance(await changing.send(event(uid="sixth"), now), Sent), "both signatures are sent meanwhile"
        for name, value in (
            ("webhook-signature", "garbage"),
            ("webhook-signature", "v1,%%%"),
            ("webhook-signature", "v1a,x v1,"),
            ("webhook-timestamp", "yesterday"),
            ("webhook-timestamp", "nan"),
            ("webhook-id", "msg_other"),
            ("webhook-id", ""),
        ):
            assert await post(port, {**headers, name: value}, b"{}") == 401, (name, value)
        assert await post(port, headers, b"{} ") == 401
        assert await post(port, headers, b"\xff") == 401
        assert await post(port, {**headers, "content-length": "9999999"}, b"") == 413
        assert await post(port, headers, b"{}") == 204
    finally:
        process.terminate()
        await process.wait()
    endpoint = Endpoint(tmp_path)
    assert [name for name, _ in endpoint.stored()] == ["msg_first", "msg_second", "msg_sixth", "msg_fourth"]
    assert json.loads(endpoint.stored()[0][1]) == event().payload


async def test_of_a_case_under_protection_no_event_names_its_kind_or_its_desa(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(tmp_path, jsc=endpoint.settings) as w:
        turn_the_library(monkeypatch, w)
        tksk = await w.worker("tksk", SINGOSARI)
        await w.reports(w.person(), kind="Anak", danger="Tidak ada")
        await w.press(tksk, "Saya tangani")
        (_, body), *_ = endpoint.stored()
        data = json.loads(body)["data"]
        assert (data["category"], data["kecamatan"], data["desa"]) == ("perlindungan", SINGOSARI, None)
        assert "anak" not in body
