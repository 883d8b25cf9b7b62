"""The first `make`: what is missing is one sentence, and half a .venv is made anew; with Pythons that only pretend."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
OLD, NEEDED = "3.9", "Python 3.11 or newer is needed; {} here is {}. Try: make PYTHON=python3.11\n"
VENV = "python3-venv is missing; on Debian or Ubuntu: apt-get install python3-venv\n"
PYTHON = """#!/bin/sh
# A Python {version} that writes down what it is asked, and makes a .venv with a copy of itself in it.
echo "$*" >> {log}
case "$*" in
*"import pip;"*) test -e "$(dirname "$0")/pip" || exit 1 ;;
*ensurepip*) exit {ensurepip} ;;
"-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; test {venv} = 0 && touch "$3/bin/pip"; exit {venv} ;;
esac
case "$*" in
*version_info*) echo {version}; test {version} != 3.9; exit ;;
esac
"""


def test_the_readme_says_what_a_first_make_needs_and_makes() -> None:
    readme = (HOUSE / "README.md").read_text("utf-8")
    for said in (".venv/bin/tersapa", "apt-get install python3-venv", "about a minute", "8 to 14 minutes"):
        assert said in readme


class Desk:
    """A folder with the Makefile and nothing to install, and a machine with the Pythons that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        shutil.copy(HOUSE / "Makefile", folder)
        for name in ("requirements.lock", "pyproject.toml"):
            (folder / name).touch()

    def python(self, name: str = "python3", version: str = "3.12", ensurepip: int = 0, venv: int = 0) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PYTHON.format(log=self.log, version=version, ensurepip=ensurepip, venv=venv), "utf-8")
        path.chmod(0o755)
        return path

    def make(self, *words: str) -> tuple[int, str]:
        """`make setup`; its exit code and what it said on standard error without make's own last line."""
        environment = {"PATH": f"{self.folder}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["make", "setup", *words], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60
        )
        said = [line for line in done.stderr.splitlines(keepends=True) if not line.startswith("make: ***")]
        return done.returncode, "".join(said)

    def built(self) -> int:
        """How often a .venv was made since the last time this was asked."""
        count = self.log.read_text("utf-8").count("-m venv") if self.log.exists() else 0
        self.log.unlink(missing_ok=True)
        return count


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    return Desk(tmp_path)


def test_an_old_python_is_refused_in_a_sentence(desk: Desk) -> None:
    desk.python(version=OLD)
    code, said = desk.make()
    assert (code != 0, said) == (True, NEEDED.format("python3", OLD))
    assert desk.make("PYTHON=python7")[1] == NEEDED.format("python7", "missing")
    assert not (desk.folder / ".venv").exists()
    desk.python("python3.12")
    assert desk.make("PYTHON=python3.12") == (0, "")


@pytest.mark.parametrize(("version", "refused"), [((3, 10, 17), True), ((3, 11, 0), False), ((4, 0, 0), False)])
def test_the_makefile_counts_as_the_package_does(version: tuple[int, int, int], refused: bool) -> None:
    """The Pythons of the other tests only pretend: here the line that a real one runs is run."""
    line = re.search(r"^NEW := (.*)$", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert line is not None
    script = f"import sys; sys.version_info = {version}; {line[1]}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (int(refused), f"{version[0]}.{version[1]}\n")
    package = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    assert package["requires-python"].startswith(">=3.11")


@pytest.mark.parametrize(("ensurepip", "venv"), [(1, 1), (1, 0), (0, 1)])
def test_without_python3_venv_no_half_venv_is_left(desk: Desk, ensurepip: int, venv: int) -> None:
    desk.python(ensurepip=ensurepip, venv=venv)
    for _ in range(2):
        code, said = desk.make()
        assert (code != 0, said) == (True, VENV)
        assert not (desk.folder / ".venv").exists()
    desk.python()
    assert desk.make() == (0, "")


def half(desk: Desk) -> None:
    """Interrupted before pip came."""
    desk.python(".venv/bin/python")


def dangling(desk: Desk) -> None:
    """Its Python was removed."""
    (desk.folder / ".venv/bin/python").unlink()
    (desk.folder / ".venv/bin/python").symlink_to(desk.folder / "python3.10")


def old(desk: Desk) -> None:
    """Made with an older Python."""
    desk.python(".venv/bin/python", version=OLD)


def empty(desk: Desk) -> None:
    """Interrupted at once."""
    shutil.rmtree(desk.folder / ".venv")
    (desk.folder / ".venv").mkdir()


@pytest.mark.parametrize("breaks", [half, dangling, old, empty])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_broken_venv_is_made_anew_once(desk: Desk, breaks: object, stamped: bool) -> None:
    assert callable(breaks)
    desk.python()
    assert (desk.make(), desk.built()) == ((0, ""), 1)
    if breaks is half:
        (desk.folder / ".venv/bin/pip").unlink()
    breaks(desk)
    if not stamped:
        (desk.folder / ".venv/.stamp").unlink(missing_ok=True)
    assert (desk.make(), desk.built()) == ((0, ""), 1)
    assert (desk.make(), desk.built()) == ((0, ""), 0)


def test_a_whole_venv_needs_no_other_python(desk: Desk) -> None:
    desk.python()
    desk.make()
    desk.python(version=OLD)
    (desk.folder / "requirements.lock").write_text("# changed", "utf-8")
    os.utime(desk.folder / ".venv/.stamp", (0, 0))
    desk.built()
    assert (desk.make(), desk.built()) == ((0, ""), 0)
