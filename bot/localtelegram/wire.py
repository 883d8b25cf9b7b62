"""A small HTTP client that keeps its connection, for webhooks and for phones in other processes."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import urlsplit


class WireError(Exception):
    """The other side did not speak HTTP, or hung up in the middle."""


class Connection:
    """One connection to one server; opened when needed, reused while it lasts."""

    def __init__(self) -> None:
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._place: tuple[str, str, int] | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Post a body and return status and answer; a stale connection is opened again once."""
        fresh = self._streams is None
        try:
            return await self._exchange("POST", url, headers, body)
        except (OSError, WireError):
            self.close()
            if fresh:
                raise
            return await self._exchange("POST", url, headers, body)

    async def _exchange(self, verb: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        place = (parts.scheme, host, parts.port or (443 if secure else 80))
        if self._streams is None or self._place != place:
            self.close()
            context = ssl.create_default_context() if secure else None
            self._streams = await asyncio.open_connection(host, place[2], ssl=context)
            self._place = place
        reader, writer = self._streams
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"{verb} {target} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            status = int(head[0].split(" ")[1])
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            keep = headers.get("connection", "").lower() != "close"
            if "chunked" in headers.get("transfer-encoding", ""):
                body = await self._chunks(reader)
            elif "content-length" in headers:
                body = await reader.readexactly(int(headers["content-length"]))
            elif status in (204, 304):
                body = b""
            else:
                body, keep = await reader.read(), False
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, IndexError) as error:
            raise WireError(str(error)) from error
        if not keep:
            self.close()
        return status, body

    @staticmethod
    async def _chunks(reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readuntil(b"\r\n")
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
