"""What every flow knows of the world, as it is shipped."""

from bot.core.flow import Known
from bot.data.knowledge import load_knowledge
from bot.data.phrases import load_phrases
from bot.data.places import load_places


def load_known() -> Known:
    """Places, categories and phrases; each is read once in a process."""
    return Known(load_places(), load_knowledge(), load_phrases())
