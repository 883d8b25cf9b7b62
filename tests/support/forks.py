"""Processes of the bot, forked from one that has read the code once: most of a start is reading.

Each is a process of its own, with its own environment, folder and streams; it can be killed as any other.
"""

import asyncio
import contextlib
import functools
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.forkserver import ensure_running
from pathlib import Path

LONGEST = 300.0
"""Seconds after which a command hangs; a busy machine only makes it slow."""
ROOT = Path(__file__).parents[2]
UMASK = 0o022
"""What most machines have: others may read what a program does not close to them."""

_forks = get_context("forkserver")
_forks.set_forkserver_preload(["tests.support.preload"])


@functools.cache
def _read_once() -> None:
    """Begin the process that all others are forked from, where it finds our code, whatever folder the test is in."""
    with contextlib.chdir(ROOT):
        ensure_running()


class Forked:
    """`python -m MODULE WORDS …` in the background, its standard error appended to a file."""

    def __init__(self, module: str, words: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path):
        streams = (os.devnull, os.devnull, str(log))
        given = (module, tuple(words), str(folder), dict(environment), streams)
        _read_once()
        self._process = _forks.Process(target=_run, args=given, daemon=True)
        self._process.start()
        self._ended = asyncio.Event()
        self.returncode: int | None = None
        """How it ended; the negative number of a signal that killed it."""
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._ended.set()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def terminate(self) -> None:
        """SIGTERM."""
        if self.returncode is None:
            self._process.terminate()

    def kill(self) -> None:
        """SIGKILL."""
        if self.returncode is None:
            self._process.kill()

    async def wait(self) -> int:
        """Wait for its end; returns how it ended."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode


def write_config(folder: Path, body: str) -> Path:
    """A config.toml that only its owner can read, as one with a token in it must be."""
    path = folder / "config.toml"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(body, "utf-8")
    return path


def tersapa(
    *words: str, folder: Path, given: str = "", environment: Mapping[str, str] | None = None, umask: int = UMASK
) -> tuple[int, str, str]:
    """Run the command in `folder`; (exit code, standard output, standard error)."""
    with tempfile.TemporaryDirectory() as kept:
        streams = [str(Path(kept, name)) for name in ("in", "out", "err")]
        Path(streams[0]).write_text(given, "utf-8")
        passed = ("bot", words, str(folder), {"PATH": "", **(environment or {})}, streams, umask)
        _read_once()
        process = _forks.Process(target=_run, args=passed)
        process.start()
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
        out, err = (Path(path).read_text("utf-8") for path in streams[1:])
    assert "Traceback" not in err, err
    assert process.exitcode is not None
    return process.exitcode, out, err


def _run(
    module: str,
    words: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    streams: Sequence[str],
    umask: int = UMASK,
) -> None:
    """Become the command: its folder, its environment, its three streams; Ctrl-C is not for it."""
    os.setsid()
    os.umask(umask)
    writes = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, (path, flags) in enumerate(zip(streams, (os.O_RDONLY, writes, writes), strict=True)):
        os.dup2(os.open(path, flags), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    from bot import crash

    crash.watch(crash.killer(environment.get("TERSAPA_CRASHPOINT", "")))  # read when the module is, which was long ago
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
