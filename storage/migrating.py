"""How a database becomes the present one. Only whoever migrates reads this file: Alembic takes 8 MiB."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

from storage import versions


def upgrade(connection: Connection) -> None:
    """Bring the database of a connection to the newest version."""
    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")


def config() -> Config:
    """What Alembic is told."""
    made = Config()
    made.set_main_option("script_location", str(files("storage").joinpath("migrations")))
    made.set_main_option("path_separator", "newline")
    made.set_main_option("version_locations", "\n".join(map(str, versions.folders())))
    return made
