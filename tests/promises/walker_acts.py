"""What walkers do: anything a person can do with a phone, sensible or not."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.core.buttons import ALPHABET
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing
from tests.support.resident import QUIET

TEXTS = (
    "1", "2", "3", "9", "0", "31", "kembali", "batal", "Batal", "back", "ya", "iyo", "tidak", "yes", "no", "lanjut",
    "singosari malang", "singosri mlang", "Wonokromo", "toyomarto", "kepanjen", "jakarta", "desa sumberagung",
    "pak tolong", "tolong pak ada orang dirantai di gubuk belakang pasar", "assalamualaikum", "siapa ini?", "bansos",
    "saya mau bunuh diri", "🙏", "🙏🙏🙏", "👍", ".", "…", "\u200b.", "TS-ABC234", "ts abc234", "085712345678",
    "<b>tebal</b> & <script>alert(1)</script>", "</blockquote><i>", "&lt;", "*bintang* _garis_ [x](http://y)",
    "Z\u0351\u036b\u0343a\u0321\u0353l\u0321\u0353g\u0322o\u0321", "\u202etxet desrever", "a\n\n\n\n\n\nb", "x" * 4096,
    "kata " * 800, "Laki-laki kira-kira 40 tahun, kurus sekali, sering berteriak", "/", "/ start", "//", "@tersapa",
    "cuti", "besok", "lapor", "10/4", "tarik laporan", "orangnya sudah pulang", "petugas minta uang",
)  # fmt: skip
COMMANDS = (
    "/start", "/start abc_123", "/start i_nonsense", "/lapor", "/status", "/status TS-ABC234", "/status apa saja",
    "/batal", "/bahasa", "/bantuan", "/help", "/tugas", "/cuti", "/petugas", "/tidakada", "/lapor@tersapa_bot sekarang",
)  # fmt: skip
INSIDE, OUTSIDE = ((-7.8925, 112.6650), (-7.2575, 112.7521), (-8.2, 114.36)), ((-6.2, 106.8), (0.0, 0.0), (-9.5, 112.5))
PLAN = frozenset(f"{step}:{value}" for step, value in QUIET.items())
"""Answers that lead to the end of a report."""
KINDS = (
    "photo",
    "photo",
    "voice",
    "voice",
    "sticker",
    "document",
    "video_note",
    "video",
    "audio",
    "animation",
    "album",
)
BLOCKING = frozenset({"block", "unblock"})


@dataclass(slots=True)
class Person:
    """One walker: their phone, their chance, and what they have done."""

    phone: Phone
    rng: random.Random
    worker: bool = False
    blocked: bool = False
    done: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


Act = Callable[[Person], Awaitable[bool]]
"""Does it; returns whether somebody who does this waits for an answer."""


async def press(who: Person) -> bool:
    """Any button in sight: mostly of the newest bubbles, sometimes a very old one."""
    far = 200 if who.rng.random() < 0.1 else 6 if who.rng.random() < 0.3 else 2
    shown = [
        (message.message_id, button)
        for message in who.phone.screen(last=far)
        for button in message.buttons
        if button.data is not None and message.sender == "bot"
    ]
    labels = who.phone.keyboard()
    if not shown and not labels:
        return await command(who)
    if labels and (not shown or who.rng.random() < 0.5):
        label = who.rng.choice(labels)
        who.done.append(f"key {label}")
        await who.phone.press(label)
        return True
    message_id, button = who.rng.choice(shown)
    who.done.append(f"press {button.label} ({button.data})")
    await who.phone.forge(button.data or "", message_id=message_id)
    return True


async def onward(who: Person) -> bool:
    """What a sensible person presses: an answer to the newest question."""
    for message in reversed(who.phone.screen(last=8)):
        answers = [x for x in message.buttons if x.data and x.data[:2] not in ("n:", "u:")]
        if message.sender == "bot" and answers:
            planned = [x for x in answers if (x.data or "").split(":", 3)[-1] in PLAN]
            button = who.rng.choice(planned if planned and who.rng.random() < 0.7 else answers)
            who.done.append(f"onward {button.label} ({button.data})")
            await who.phone.forge(button.data or "", message_id=message.message_id)
            return True
    return await press(who)


async def twice(who: Person) -> bool:
    """The same button twice, as nervous fingers do."""
    waits = await press(who)
    buttons = [(m.message_id, x.data) for m in who.phone.screen(last=2) for x in m.buttons if x.data]
    if buttons:
        message_id, data = who.rng.choice(buttons)
        who.done.append(f"twice {data}")
        for _ in range(2):
            await who.phone.forge(data, message_id=message_id)
    return waits


async def write(who: Person) -> bool:
    """Any text."""
    text = who.rng.choice(TEXTS)
    who.done.append(f"say {text[:30]!r}")
    await who.phone.say(text)
    return True


async def command(who: Person) -> bool:
    """A command, known or not."""
    text = who.rng.choice(COMMANDS)
    who.done.append(text)
    await who.phone.say(text)
    return True


async def show(who: Person) -> bool:
    """Something that is no text."""
    kind = who.rng.choice(KINDS)
    who.done.append(kind)
    size = 30_000_000 if who.rng.random() < 0.1 else None
    match kind:
        case "photo":
            await who.phone.photo(caption=who.rng.choice(("", "", who.rng.choice(TEXTS)[:1000])))
        case "album":
            await who.phone.album(who.rng.randint(2, 4))
        case "sticker":
            await who.phone.sticker()
        case "document":
            await who.phone.document(name=who.rng.choice(("surat.pdf", "IMG.jpg", "PTT.opus")), size=size)
        case _:
            await getattr(who.phone, kind)(**({"size": size} if size else {}))
    return True


async def point(who: Person) -> bool:
    """A pin, a venue, a live location; here or far away."""
    lat, lon = who.rng.choice(INSIDE if who.rng.random() < 0.7 else OUTSIDE)
    kind = who.rng.choice(("pin", "venue", "live"))
    who.done.append(f"{kind} {lat}, {lon}")
    if kind == "venue":
        await who.phone.pin(lat, lon, title="Masjid <Al-Ikhlas>", address="Jl. Raya")
    elif kind == "live":
        message = await who.phone.pin(lat, lon, live_period=900)
        await who.phone.move(message["message_id"], lat + 0.001, lon)
    else:
        await who.phone.pin(lat, lon, accuracy=who.rng.choice((10, 1400)))
    return True


async def contact(who: Person) -> bool:
    """The own number, or somebody else's."""
    own = who.rng.random() < 0.6
    who.done.append(f"contact own={own}")
    await (who.phone.contact() if own else who.phone.contact("+6281234567890", first_name="Budi"))
    return True


async def amend(who: Person) -> bool:
    """Edit an earlier message of one's own, or forward somebody's."""
    mine = [message for message in who.phone.screen(last=30) if message.sender == "user" and message.text]
    if not mine or who.rng.random() < 0.4:
        who.done.append("forward")
        await who.phone.forward("Tolong sebarkan: ada orang telantar", hidden_name="Grup RT")
        return True
    message = who.rng.choice(mine)
    who.done.append(f"edit {message.message_id}")
    await who.phone.edit(message.message_id, f"{message.text[:50]} {who.rng.randrange(1000)}")
    return True


async def forge(who: Person) -> bool:
    """Callback data nobody offered."""
    token = "".join(who.rng.choices(ALPHABET, k=12))
    data = who.rng.choice(
        ("", "x", f"t:{token}:1", f"r:{token}:0", f"l:{token}", f"p:{token[:8]}:0:tinjau:kirim",
         f"n:{token[:8]}:0:batal", "m:lapor", "m:selesai", "m:bahasa-xx", "m:nonsense", "é" * 30, "p:::",
         f"f:{token}:1:tertolong", f"b:{token}", f"c:{token}:1:belum", f"z:{token}:buka", f"v:{token}:tempat",
         f"j:{token}:1:{token}")
    )  # fmt: skip
    who.done.append(f"forge {data}")
    await who.phone.forge(data)
    return True


async def block(who: Person) -> bool:
    """Block the bot, and come back next time."""
    who.done.append("block")
    await who.phone.block()
    who.blocked = True
    return False


async def come_back(who: Person) -> bool:
    """Unblock it, by its menu or by /start."""
    who.blocked = False
    if who.rng.random() < 0.5:
        who.done.append("unblock")
        await who.phone.unblock()
        return False
    who.done.append("start again")
    await who.phone.start()
    return True


RESIDENT: tuple[tuple[Act, int], ...] = (
    (onward, 60), (press, 12), (twice, 3), (write, 10), (command, 4), (show, 5), (point, 3), (contact, 2), (amend, 2),
    (forge, 2), (block, 1),
)  # fmt: skip
WORKER: tuple[tuple[Act, int], ...] = ((press, 85), (twice, 5), (write, 3), (command, 3), (show, 1), (forge, 3))


async def act(who: Person) -> bool:
    """One act by chance; what the phone refuses is done as a text instead."""
    if who.blocked:
        return await come_back(who)
    acts = WORKER if who.worker else RESIDENT
    chosen = who.rng.choices([deed for deed, _ in acts], [weight for _, weight in acts])[0]
    try:
        return await chosen(who)
    except NoSuchThing as refused:
        who.done.append(f"refused: {refused}")
        return await write(who)
