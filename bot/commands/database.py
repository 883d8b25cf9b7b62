"""`tersapa migrate`, `keys` and `audit`: the database, its keys, and what was written in it."""

from pathlib import Path

import typer
from sqlmodel import select

from bot.commands.frame import load, opened
from bot.commands.lines import fail, print_line
from storage import schema, timeline
from storage.database import Database
from storage.sealing import make_keys
from storage.session import Session
from storage.tables import Case


def migrate(config: Path | None) -> None:
    """Bring the database to the version this code needs."""
    db = Database(load(config).database.url)
    before = schema.version(db)
    schema.migrate(db)
    print_line(f"{before or 'empty'} -> {schema.version(db)}")
    db.close()


def keys_init(path: Path) -> None:
    """Make a new keys file."""
    try:
        make_keys(path)
    except FileExistsError:
        fail(f"{path}: exists already; a keys file is never overwritten.")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    print_line(f"{path}: keep a copy where the database's backup is not.")


def keys_rotate(config: Path | None) -> None:
    """Wrap every data key with the first key of the keys file."""
    with opened(load(config), look=True) as db:  # where nothing was sealed there is nothing to wrap
        assert db.vault is not None
        changed = db.write(db.vault.rotate)
        print_line(f"{changed} data keys wrapped again.")


def audit_verify(config: Path | None) -> None:
    """Check the hash chain of every timeline."""
    with opened(load(config), look=True) as db:

        def broken(session: Session) -> list[tuple[str, int]]:
            ids = session.exec(select(Case.id)).all()
            found = ((case_id, timeline.broken_at(session, case_id)) for case_id in ids)
            return [(case_id, seq) for case_id, seq in found if seq is not None]

        faults = db.write(broken)
    for case_id, seq in faults:
        print_line(f"case {case_id}: entry {seq} does not follow from the one before it")
    if faults:
        raise typer.Exit(1)
    print_line("every timeline is whole")
