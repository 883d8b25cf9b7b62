"""The Bot API over HTTP: token, parameters, faults, the method itself, the answer."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import Message, Receive, Scope, Send

from . import about, editing, sending
from .delivery import get_updates
from .faults import Rule
from .params import Params, read
from .records import Call
from .refused import Refused, unknown
from .state import State
from .table import METHODS

Wire = dict[str, Any]

# The rooms enter their methods when they are imported; naming them here says that they are all in.
ROOMS = (about, editing, sending)
METHODS["getupdates"] = ("getUpdates", get_updates)

_JSON = (b"content-type", b"application/json")
_HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_LARGEST_BODY = 60 * 1024 * 1024
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Outcome:
    """What a call came to, before anything is done to its answer."""

    code: int
    body: Wire
    performed: bool


async def perform(state: State, name: str, params: Params) -> Any:
    """Run one method; raises Refused."""
    entry = METHODS.get(name.lower())
    if entry is None:
        raise unknown()
    state.limits.admit(name, str(params.values.get("chat_id", "")), state.clock.timestamp())
    made = entry[1](state, params)
    return await made if asyncio.iscoroutine(made) else made


async def _outcome(state: State, name: str, params: Params) -> _Outcome:
    try:
        result = await perform(state, name, params)
    except Refused as no:
        return _Outcome(no.code, _no(no.code, no.description, no.parameters), performed=False)
    except Exception:
        # A hole in this server, not something Telegram would do: say so loudly.
        _log.exception("%s failed inside the local Telegram", name)
        return _Outcome(500, _no(500, "Internal Server Error: local Telegram"), performed=False)
    return _Outcome(200, {"ok": True, "result": result}, performed=True)


def _no(code: int, description: str, parameters: dict[str, int] | None = None) -> Wire:
    body: Wire = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return body


class BotApi:
    """The ASGI application behind `/bot<token>/…` and `/file/bot<token>/…`."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope["path"]
        try:
            body = await _body(receive)
            if path.startswith("/file/bot"):
                await self._download(path.removeprefix("/file/bot"), send)
                return
            token, _, name = path.removeprefix("/bot").partition("/")
            self._admit(unquote(token))
            params = await read(scope, body)
        except Refused as no:
            await _answer(send, no.code, _no(no.code, no.description, no.parameters))
            return
        name = name.rstrip("/")
        polling = name.lower() == "getupdates"
        self.state.in_flight += not polling
        try:
            await self._call(name, params, scope, receive, send)
        finally:
            self.state.in_flight -= not polling

    def _admit(self, token: str) -> None:
        number, colon, rest = token.partition(":")
        if not colon or not number.isdigit() or not rest:
            raise unknown()
        if token != self.state.token or self.state.revoked:
            raise Refused(401, "Unauthorized")

    async def _call(self, name: str, params: Params, scope: Scope, receive: Receive, send: Send) -> None:
        state = self.state
        rule = state.faults.judge(name.lower(), str(params.values.get("chat_id", "")))
        if rule is None:
            outcome = await _outcome(state, name, params)
            self._note(name, params, outcome, "")
            await _answer(send, outcome.code, outcome.body)
            return
        if rule.performs:
            outcome = await _outcome(state, name, params)
        else:
            outcome = _Outcome(0, {}, performed=False)
            if rule.kind == "error":
                parameters = {"retry_after": rule.retry_after} if rule.retry_after is not None else {}
                outcome = _Outcome(rule.code, _no(rule.code, rule.description, parameters), performed=False)
        self._note(name, params, outcome, rule.kind)
        await self._spoil(rule, outcome, scope, receive, send)

    async def _spoil(self, rule: Rule, outcome: _Outcome, scope: Scope, receive: Receive, send: Send) -> None:
        match rule.kind:
            case "error":
                await _answer(send, outcome.code, outcome.body)
            case "perform_error":
                await _answer(send, rule.code, _no(rule.code, rule.description))
            case "html502":
                await _answer(send, 502, _HTML, (b"content-type", b"text/html"))
            case "perform_late":
                if not await _gone(receive, rule.seconds):
                    await _answer(send, outcome.code, outcome.body)
            case "hang":
                await _gone(receive, rule.seconds)
                await _hang_up(scope, receive, rule.reset)
            case _:
                await _hang_up(scope, receive, rule.reset)

    def _note(self, name: str, params: Params, outcome: _Outcome, fault: str) -> None:
        state = self.state
        spoken = METHODS.get(name.lower(), (name,))[0]
        values = params.values
        if params.files:
            values = {
                **values,
                **{key: f"{file.name} ({len(file.data)} bytes)" for key, file in params.files.items()},
            }
        state.call_count += 1
        if spoken != "getUpdates":
            state.last_call = time.monotonic()
        state.calls.append(
            Call(
                state.call_count,
                state.clock.timestamp(),
                spoken,
                values,
                outcome.code,
                outcome.body.get("description", ""),
                fault,
                outcome.performed,
                outcome.body.get("result") if spoken != "getUpdates" else None,
            )
        )

    async def _download(self, rest: str, send: Send) -> None:
        token, _, path = rest.partition("/")
        self._admit(unquote(token))
        file = self.state.files.by_path.get(path)
        if file is None:
            raise unknown()
        await _answer(send, 200, file.data, (b"content-type", b"application/octet-stream"))


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LARGEST_BODY:
            raise Refused(413, "Request Entity Too Large")
    return body


async def _answer(send: Send, code: int, body: Wire | bytes, kind: tuple[bytes, bytes] = _JSON) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
    headers = [kind, (b"content-length", str(len(raw)).encode())]
    await send({"type": "http.response.start", "status": code, "headers": headers})
    await send({"type": "http.response.body", "body": raw})


async def _gone(receive: Receive, seconds: float) -> bool:
    """Wait; True when the other side hung up meanwhile."""
    waiting: asyncio.Task[Message] = asyncio.ensure_future(_disconnect(receive))
    done, _ = await asyncio.wait([waiting], timeout=seconds)
    if not done:
        waiting.cancel()
        await asyncio.wait([waiting])
    return bool(done)


async def _disconnect(receive: Receive) -> Message:
    while (message := await receive())["type"] != "http.disconnect":
        pass
    return message


async def _hang_up(scope: Scope, receive: Receive, reset: bool) -> None:
    """Close the socket without a word."""
    transport: asyncio.Transport = scope["tersapa.transport"]
    if reset:
        # Lingering for no time at all makes the kernel send a reset instead of an ordinary end.
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    transport.abort()
    await _disconnect(receive)
