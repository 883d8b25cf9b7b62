"""The control interface over HTTP: everything the desk offers, and long polls for clock and events."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .clock import Pulse
from .desk import LocalDesk
from .refused import NoSuchThing
from .state import State

Wire = dict[str, Any]
Handler = Callable[[Request], Awaitable[Response]]

_LONGEST = 60.0


def _scalar(value: str) -> Any:
    """Numbers and booleans in a query are meant as such; anything else is text."""
    try:
        return json.loads(value)
    except ValueError:
        return value


async def _arguments(request: Request) -> Wire:
    args = {name: _scalar(value) for name, value in request.query_params.items()}
    body = await request.body()
    if body:
        made = json.loads(body)
        if not isinstance(made, dict):
            raise TypeError("a JSON object is expected")
        args.update(made)
    return args


def control_app(state: State, desk: LocalDesk) -> Starlette:
    """The application under `/control`."""

    def answer(name: str) -> Handler:
        async def handle(request: Request) -> Response:
            return await _asked(desk, name or request.path_params["name"], request)

        return handle

    async def clock(request: Request) -> Response:
        if request.method == "GET":
            await _follow(request, state.clock.pulse)
            return JSONResponse(state.clock.info())
        return await _asked(desk, "clock", request)

    async def events(request: Request) -> Response:
        await _follow(request, state.event_pulse)
        after = int(request.query_params.get("after", "0"))
        found = desk.ask("events", after=after)
        return JSONResponse({"events": found, "version": state.event_pulse.version})

    async def file(request: Request) -> Response:
        found = state.files.by_id.get(request.path_params["file_id"])
        if found is None:
            return JSONResponse({"error": "no such file"}, status_code=404)
        kind = found.mime or ("image/png" if found.kind == "photo" else "application/octet-stream")
        return Response(found.data, media_type=kind)

    settings = ("faults", "settings", "quiet")
    views = ("calls", "deliveries", "chats", "people", "screen", "phone", "bot")
    named = [*settings, *views]
    return Starlette(
        routes=[
            Route("/control/clock", clock, methods=["GET", "POST"]),
            Route("/control/events", events),
            Route("/control/file/{file_id}", file),
            *(Route(f"/control/{name}", answer(name), methods=["GET", "POST"]) for name in named),
            Route("/control/do/{name}", answer(""), methods=["GET", "POST"]),
        ]
    )


async def _follow(request: Request, pulse: Pulse) -> None:
    """Wait, when asked to, until something changed after the version the caller knows."""
    if (after := request.query_params.get("after")) is not None:
        timeout = min(float(request.query_params.get("timeout", "0")), _LONGEST)
        await pulse.wait(int(after), timeout)


async def _asked(desk: LocalDesk, name: str, request: Request) -> Response:
    """Plain answers of the named pages; the clock, too, has no envelope."""
    try:
        return JSONResponse(desk.ask(name, **await _arguments(request)))
    except (NoSuchThing, LookupError, TypeError, ValueError) as error:
        words = {"error": str(error), "kind": type(error).__name__}
        return JSONResponse(words, status_code=404 if isinstance(error, NoSuchThing) else 400)
