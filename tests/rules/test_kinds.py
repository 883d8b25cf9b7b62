"""The kinds of messages are one table: whatever has a row there can be sent."""

from storage import kinds
from storage.kinds import KINDS, Kind


def test_every_kind_is_found_by_its_name() -> None:
    written = {name: value for name, value in vars(kinds).items() if isinstance(value, Kind)}
    assert len(written) >= 23
    assert {id(kind) for kind in written.values()} == {id(KINDS[kind.name]) for kind in written.values()}
    assert len(KINDS) == len(written), "two kinds have the same name"
