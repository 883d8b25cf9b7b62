"""`tersapa roster`: who has which role where, and how somebody is taken out, renamed or moved, beside a running bot."""

from typing import Annotated

import typer

from bot.cli.group import Group
from bot.cli.work import ConfigOption, JsonOption, done_by
from bot.core.roles import ROLES

app = typer.Typer(help="Who has which role where.", no_args_is_help=True, cls=Group)

WhoArgument = Annotated[str, typer.Argument(metavar="WHO", help="A name, a number as 0812…, or the id of the list.")]
RoleOption = Annotated[str, typer.Option(help=f"Only this role: one of {', '.join(ROLES)}.")]
AreaOption = Annotated[str, typer.Option(help="Only here: code or name of a kabupaten/kota or kecamatan.")]


@app.command("list")
@done_by("roster")
def roster_list(
    area: AreaOption = "",
    role: RoleOption = "",
    left: Annotated[bool, typer.Option("--left", help="Those who are on it no more.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show everybody on the roster: id, role, place, name, and how their chat stands."""


@app.command("show")
@done_by("roster")
def roster_show(who: WhoArgument, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show one person: their roles, their former names, and what they hold now."""


@app.command("revoke")
@done_by("roster")
def roster_revoke(
    who: WhoArgument,
    role: RoleOption = "",
    area: AreaOption = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take somebody out at once: what they hold goes on without them, and their links bind nobody any more."""


@app.command("rename")
@done_by("roster")
def roster_rename(
    who: WhoArgument,
    name: Annotated[str, typer.Option(help="The name from now on; old entries keep the one they have.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change a name from now on."""


@app.command("move")
@done_by("roster")
def roster_move(
    who: WhoArgument,
    area: Annotated[str, typer.Option(help="Code or name of the new kecamatan or kabupaten/kota.")],
    role: RoleOption = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give somebody another area: what they were asked and have in the old one goes on without them."""
