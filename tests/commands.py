"""The command line in a process of its own, forked from one that has read the code once: most of a start is reading."""

import os
import runpy
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

LONGEST = 60.0
"""Seconds a command may take."""

_forks = get_context("forkserver")
_forks.set_forkserver_preload(["bot.cli"])


def tersapa(*words: str, folder: Path, given: str = "") -> tuple[int, str, str]:
    """Run the command in `folder`; (exit code, standard output, standard error)."""
    with tempfile.TemporaryDirectory() as kept:
        paths = [str(Path(kept, name)) for name in ("in", "out", "err")]
        Path(paths[0]).write_text(given, "utf-8")
        process = _forks.Process(target=_run, args=(words, str(folder), paths))
        process.start()
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
        out, err = (Path(path).read_text("utf-8") for path in paths[1:])
    assert "Traceback" not in err, err
    assert process.exitcode is not None
    return process.exitcode, out, err


def _run(words: tuple[str, ...], folder: str, paths: list[str]) -> None:
    """Become the command: its folder, its empty environment, its three streams."""
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    for number, (path, flag) in enumerate(zip(paths, flags, strict=True)):
        os.dup2(os.open(path, flag), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it lives as long as the process
    os.environ.clear()
    os.environ["PATH"] = ""
    os.chdir(folder)
    sys.argv = ["tersapa", *words]
    runpy.run_module("bot", run_name="__main__")
