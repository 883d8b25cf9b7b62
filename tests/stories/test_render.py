"""Ten thousand random texts as names, landmarks and stories: rendered, accepted by Telegram's parser, not cut."""

import random
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.report_flow import REPORT
from bot.core.words import Literal
from bot.data.known import load_known
from bot.localtelegram.entities import parse_html
from bot.localtelegram.text import utf16
from bot.texts import case_card as cards
from bot.texts import case_details
from bot.texts.case_facts import CaseFacts, Handling
from bot.texts.catalog import LANGUAGES, Texts
from bot.texts.message import Message, call, edit_call
from handlers.questions import Bubble, answered, render
from tests.support import resident
from tests.support.length import many
from tests.support.resident import begin, go
from tests.support.world import SINGOSARI, World

KNOWN = load_known()
TEXTS = Texts()
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
STEPS = {step.name: step for step in REPORT.steps}
PIECES = (
    "<b>", "</b>", "<i", ">", "&", "&amp;", "&#x1F600;", "&#0;", '"', "'", "<blockquote>", "</blockquote>", "*", "_",
    "`", "[a](b)", "\n\n\n\n", "\t", "\u202e", "\u2066", "\u200d", "\ufeff", "\x00", "\x1b[31m", "\ud83d", "🙏",
    "👨‍👩‍👧","é", "e\u0301\u0302\u0303", "𝒜", "ꦲꦏ꧀ꦱꦫ", "ﷺ",
    "{ $nomor }", "{0}", "%s", "3514123456789012", "081234567890", " ",
    "Mbah Karto", "dirantai", "x" * 200,
)  # fmt: skip


def random_text(rng: random.Random) -> str:
    """Pieces people and machines write, and any characters between them."""
    parts = []
    for _ in range(rng.randint(0, 12)):
        if rng.random() < 0.7:
            parts.append(rng.choice(PIECES))
        else:
            parts.append("".join(chr(rng.randrange(0x20, 0x2FFFF)) for _ in range(rng.randrange(20))))
    return "".join(parts)


def accepted(message: Message) -> None:
    """Telegram would take it: it parses, it fits, and no direction mark is in it."""
    for made in (call(message, 1), edit_call(message, 1)):
        for part, limit in (("text", 4096), ("caption", 1024)):
            if part not in made["params"]:
                continue
            plain, _ = parse_html(made["params"][part])
            assert utf16(plain) <= limit
            assert not [char for char in plain if char in "\u202e\u2066\x00\x1b"]
        for row in made["params"].get("reply_markup", {}).get("inline_keyboard", ()):
            for button in row:
                assert button["text"] and len(button.get("callback_data", "x").encode()) <= 64


def facts(rng: random.Random) -> CaseFacts:
    """Any case; its places come from our own list and are no free text."""
    category = rng.choice(list(KNOWN.knowledge.categories.values()))
    danger = rng.choice(category.dangers)
    return CaseFacts(
        "0" * 12, 1, "TS-ABC234", rng.choice(("darurat", "mendesak", "biasa")), category.code, danger.item, danger.flag,
        "Desa Toyomarto", "Kec. Singosari", "Kab. Malang", NOW - timedelta(hours=1), "tetangga", "hariini", NOW.date(),
        "takbisa", rng.randrange(3), KNOWN.knowledge.warnings(category.code, danger.item),
    )  # fmt: skip


def some(rng: random.Random, text: str, count: int = 6) -> list[Message]:
    """Cards and questions that show what somebody wrote."""
    speech = TEXTS.of(rng.choice(LANGUAGES))
    told = facts(rng)
    details = case_details.Details(text, text, (-7.892534, 112.665), "+6281234567890", ())
    review = {
        "siapa": "jalan", "jenis": "lansia", "bahaya": "tidakada", "patokan": {"teks": text}, "cerita": {"teks": text},
        "kapan": "hariini", "foto": "tanpa", "kontak": "bot",
        "tempat": {"kab": "35.07", "kec": "35.07.24", "desa": None, "how": "daftar"},
    }  # fmt: skip
    makers: tuple[Callable[[], Message], ...] = (
        lambda: render(speech, STEPS["tinjau"].ask(review, KNOWN), STEPS["tinjau"], Bubble("0" * 8)),
        lambda: answered(speech, STEPS["cerita"].ask({}, KNOWN), Literal(text)),
        lambda: cards.taken_card(speech, told, "tksk", text, NOW),
        lambda: cards.ping(speech, told, Handling(reader=rng.choice(("tksk", "jsc")), until=NOW, then="koordinator")),
        lambda: case_details.details(speech, told, details, whole=True)[0],
        lambda: case_details.details(speech, told, details, whole=False)[0],
    )
    return [make() for make in rng.sample(makers, count)]


def test_thousands_of_texts_render_and_are_accepted() -> None:
    rng = random.Random(5)
    for n in range(many(10_000, 3_000)):
        for message in some(rng, random_text(rng), 6 if n % 100 == 0 else 1):
            accepted(message)


@settings(max_examples=200)
@given(st.text(max_size=4096))
def test_any_text_at_all_is_accepted(text: str) -> None:
    for message in some(random.Random(len(text)), text):
        accepted(message)


async def test_a_slice_of_them_through_the_chat(w: World) -> None:
    rng = random.Random(6)
    tksk = await w.worker("tksk", SINGOSARI)
    sent = 0
    people = [w.person("Orang <b>&") for _ in range(3)]
    for phone in people:
        await begin(w, phone, "patokan")
    for phone in people:
        for step in ("patokan", "cerita"):
            text = "".join(c for c in random_text(rng) if unicodedata.category(c) != "Cs")[:4000] or "x"
            await go(w, phone, step)
            await w.say(phone, f"{text} .")
            sent += 1
        await go(w, phone, "")
        assert await resident.numbers(w, phone)
    for message in list(tksk.from_bot()):
        if any("Buka rincian" in label for label in message.labels):
            await w.press(tksk, "Buka rincian")
    assert sent == 6
    refused = [call for call in w.telegram.calls() if call["code"] >= 400]
    assert not [call["description"] for call in refused if "not modified" not in call["description"]]
