"""A bot at rest holds only what it needs: what few bots or few moments need is not read at the start."""

import asyncio
import os
import sys
from pathlib import Path

from bot.localtelegram.server import LocalTelegram
from tests.support.forks import tersapa, write_config

RARE = {
    "psycopg": "the driver of the other engine",
    "alembic": "a database that is at its version",
    "mako": "templates of migrations",
    "pygments": "colours",
    "rich": "tables for people at a terminal",
    "starlette": "a webhook",
    "uvicorn": "a webhook",
    "python_calamine": "a roster file",
    "holidays.countries.japan": "another country",
    "bot.demo": "the demo",
    "bot.localtelegram": "the demo",
}
"""What the bot can do without, and what only needs it."""
TELLS = """
import sys, threading, time
from bot.commands.run import App
wired = App._wire
def wire(app):
    wired(app)
    threading.Timer(2, lambda: print(*sorted(sys.modules), file=sys.stderr, flush=True)).start()
App._wire = wire
sys.argv[:] = ["tersapa", *sys.argv[1:]]
from bot.__main__ import main
main()
"""


async def test_a_bot_at_rest_has_not_read_what_it_does_not_need(tmp_path: Path) -> None:
    async with LocalTelegram() as telegram:
        body = f'[telegram]\ntoken = "{telegram.token}"\napi_url = "{telegram.url}"\n'
        config = write_config(tmp_path, f'{body}[database]\nurl = "{tmp_path}/tersapa.db"\n')
        assert (await asyncio.to_thread(lambda: tersapa("migrate", folder=tmp_path)))[0] == 0
        ran = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", TELLS, "run", "--config", str(config)),
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert ran.stderr is not None
        try:
            async for line in ran.stderr:
                if not line.startswith(b"{"):
                    break
        finally:
            ran.terminate()
            await ran.communicate()
    read = set(line.decode().split())
    assert {"telegram", "sqlmodel", "holidays.countries.indonesia", "bot.app"} <= read
    assert not {name: why for name, why in RARE.items() if name in read}
