"""A group of commands, as light as the help of what is in it."""

from typing import Any

from typer.core import TyperGroup, TyperOption


class Group(TyperGroup):
    """Typer reads pydantic to make a False of the --help that nobody gave a group; here it is False from the start."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """The --help of the group itself."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option
