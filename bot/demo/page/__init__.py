"""The page with the phones: its files, what every phone shows, and what it may ask of whoever runs the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.server import LocalTelegram

Wire = dict[str, Any]

_FILES = {
    "/": ("index.html", "text/html"),
    "/page.js": ("page.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
}
_HEADERS = {
    # Nothing from elsewhere, nothing inline: a message can't become a script even if its markup were wrong.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_LAST = 80
"""How many messages of a chat are shown."""
_LONGEST = 25.0


class Busy(Exception):
    """Time is being turned or the story is played; another wish has to wait."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """One phone on the page: what stands above it, whose it is, and the chats one can look at."""

    title: str
    gloss: str
    user: int
    chats: tuple[tuple[str, int], ...]
    renewable: bool = False
    """Whether somebody new may get this phone."""


class Theatre(Protocol):
    """Whoever runs the bot behind the page; each deed raises Busy while another one lasts."""

    line: str
    """What the narrator says now."""

    @property
    def phones(self) -> Sequence[OnPage]:
        """The phones, from left to right."""

    @property
    def busy(self) -> bool:
        """Whether time is being turned, or the story is played."""

    @property
    def playing(self) -> bool:
        """Whether the story is played."""

    @property
    def following(self) -> datetime | None:
        """When something happens next of itself."""

    async def turn(self, seconds: float | None) -> None:
        """Let time pass; None: until something happens."""

    async def play(self) -> None:
        """Begin the story, or end it if it is being played."""

    async def newcomer(self) -> None:
        """Give the renewable phone to somebody new."""


class PhonePage:
    """The page as an ASGI application; until it is opened it asks to come back later."""

    def __init__(self) -> None:
        folder = Path(__file__).parent
        files = {path: (folder / name).read_bytes() for path, (name, _) in _FILES.items()}
        self._opened: tuple[LocalTelegram, Theatre] | None = None

        async def file(request: Request) -> Response:
            path = request.url.path
            return Response(files[path], media_type=_FILES[path][1], headers=_HEADERS)

        self._app = Starlette(
            routes=[
                *(Route(path, file) for path in _FILES),
                Route("/page/scene", self._scene),
                Route("/page/{deed}", self._deed, methods=["POST"]),
            ]
        )

    def open(self, telegram: LocalTelegram, theatre: Theatre) -> None:
        """Let people in."""
        self._opened = telegram, theatre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._opened is None:
            await Response("not yet", 503, {"Retry-After": "1"})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _scene(self, request: Request) -> Response:
        """Everything the page shows; with `after`, as soon as that has changed."""
        assert self._opened is not None
        telegram, theatre = self._opened
        pulse = telegram.state.event_pulse
        await pulse.wait(int(request.query_params.get("after", "-1")), _LONGEST)
        # From here on nothing waits: the version and what is shown belong together.
        return JSONResponse(
            {
                "version": pulse.version,
                "now": telegram.clock.now().isoformat(),
                "next": theatre.following and theatre.following.isoformat(),
                "line": theatre.line,
                "busy": theatre.busy,
                "playing": theatre.playing,
                "phones": [_phone(telegram, phone) for phone in theatre.phones],
            }
        )

    async def _deed(self, request: Request) -> Response:
        assert self._opened is not None
        _, theatre = self._opened
        try:
            match request.path_params["deed"]:
                case "turn":
                    await theatre.turn(_seconds(await request.json()))
                case "story":
                    await theatre.play()
                case "newcomer":
                    await theatre.newcomer()
                case other:
                    raise NoSuchThing(f"nobody here knows how to {other!r}")
        except Busy:
            return JSONResponse({"error": "masih berjalan (still busy)"}, 409)
        except NoSuchThing as error:
            return JSONResponse({"error": str(error)}, 404)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({})


def _seconds(body: Any) -> float | None:
    seconds = body.get("seconds") if isinstance(body, dict) else "?"
    if seconds is not None and not (isinstance(seconds, int | float) and 0 < seconds <= 7 * 24 * 3600):
        raise ValueError("seconds: more than none, and a week at most")
    return seconds


def _phone(telegram: LocalTelegram, phone: OnPage) -> Wire:
    ask = telegram.desk.ask
    known = {chat["id"]: chat for chat in ask("chats")}
    return {
        "title": phone.title,
        "gloss": phone.gloss,
        "renewable": phone.renewable,
        "user": telegram.state.user(phone.user).wire(),
        "toasts": ask("toasts", user=phone.user)[-5:],
        "chats": [
            {
                "id": chat,
                "label": label,
                "title": known[chat].get("title") or telegram.state.bot["first_name"],
                "bot": known[chat]["bot"],
                "people": {person: telegram.state.user(person).first_name for person in known[chat]["members"]},
                "screen": ask("screen", chat=chat, last=_LAST),
                "keyboard": ask("keyboard", chat=chat),
            }
            for label, chat in phone.chats
        ],
    }
