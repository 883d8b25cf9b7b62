"""The local Telegram as a server: in this event loop, or as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import signal
import socket
from datetime import datetime
from types import TracebackType

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from .api import BotApi, perform
from .clock import Clock
from .control import control_app
from .crowd import Crowd
from .delivery import WebhookSender
from .desk import LocalDesk
from .gate import Gate
from .params import Params
from .refused import Refused
from .state import State
from .talk import Talk

TOKEN = "7000000001:AAlocal-telegram-for-tests-and-demo-only"  # noqa: S105 - opens nothing but this server


class LocalTelegram(Crowd):
    """A local Telegram: `async with LocalTelegram() as tg:` and the bot's API url is `tg.url`."""

    def __init__(
        self,
        token: str = TOKEN,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        clock_start: datetime | None = None,
        username: str = "tersapa_bot",
        seed: int | None = None,
        page: ASGIApp | None = None,
    ) -> None:
        self.token = token
        self.clock = Clock(clock_start)
        self.state = State(token, self.clock, username=username, seed=seed)
        self.desk: LocalDesk = LocalDesk(self.state)
        self.url = ""
        self._place = (host, port)
        self._gate = Gate(host)
        self._api = BotApi(self.state)
        self._control = control_app(self.state, self.desk)
        # What is neither Bot API nor control: the page with the phones, if there is one.
        self._page = page or self._control
        self._connections = ServerState()
        self._server: asyncio.Server | None = None
        self._webhooks: asyncio.Task[None] | None = None

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._gate.refuses(scope):
            await JSONResponse({"error": "this is for our own page only"}, 403)(scope, receive, send)
        elif scope["path"].startswith(("/bot", "/file/bot")):
            await self._api(scope, receive, send)
        elif scope["path"].startswith("/control"):
            await self._control(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    async def _tell(self, name: str, params: Params) -> None:
        with contextlib.suppress(Refused):
            await perform(self.state, name, params)

    async def __aenter__(self) -> LocalTelegram:
        config = Config(
            self._app,
            interface="asgi3",
            http="h11",
            ws="none",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=75,
        )
        config.load()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Talk(config=config, server_state=self._connections, app_state={}),
            *self._place,
            family=socket.AF_INET,
            backlog=2048,
        )
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"
        self._webhooks = asyncio.create_task(WebhookSender(self.state, self._tell).run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        assert self._webhooks is not None
        self._server.close()
        tasks = [self._webhooks, *self._connections.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for connection in list(self._connections.connections):
            connection.transport.abort()
        # The transports need a turn of the loop to let go of their sockets.
        await asyncio.sleep(0)
        await self._server.wait_closed()


async def _serve(options: argparse.Namespace) -> None:
    start = datetime.fromisoformat(options.clock_start) if options.clock_start else None
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    telegram = LocalTelegram(options.token, options.port, host=options.host, clock_start=start, seed=options.seed)
    telegram.settings(limits=options.limits)
    async with telegram:
        print(f"local Telegram at {telegram.url}", flush=True)
        await stop.wait()


def main() -> None:
    """Run the local Telegram until interrupted."""
    parser = argparse.ArgumentParser(description="A local Telegram for tests and the demo.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--clock-start", help="ISO time at which the clock begins")
    parser.add_argument("--seed", type=int, help="makes update ids and message ids repeatable")
    parser.add_argument("--limits", action="store_true", help="refuse who sends faster than Telegram's limits (429)")
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
