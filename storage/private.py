"""Files that only their owner may read, whatever the umask says."""

import os
import stat
from contextlib import suppress
from pathlib import Path

MODE = 0o600


def create(path: Path) -> int:
    """Make a file and return its descriptor, open for writing; FileExistsError when it is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    os.fchmod(handle, MODE)  # a umask may have taken bits of the owner too
    return handle


def tighten(path: Path) -> None:
    """Take a file of ours from group and others; nothing to do when it is not there."""
    with suppress(FileNotFoundError):
        found = path.stat()  # and never open it: to close it again drops the locks that SQLite holds on it
        if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_mode & 0o077:
            path.chmod(stat.S_IMODE(found.st_mode) & ~0o077)
