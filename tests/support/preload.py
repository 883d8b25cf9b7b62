"""What a process of the bot reads before it can begin, read once: forks find it in memory."""

from importlib import import_module
from pkgutil import iter_modules

from bot import cli, commands
from bot.data.calendar import load_calendar
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.texts.catalog import Texts

__all__ = ["cli"]

for module in iter_modules(commands.__path__, "bot.commands."):
    import_module(module.name)
load_places()
load_knowledge()
load_calendar({})
Texts().of(None)
