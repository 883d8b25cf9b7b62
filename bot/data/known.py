"""What every flow knows of the world, as it is shipped."""

from bot.core.flow import Known
from bot.core.service import Service
from bot.data.danger_list import load_danger_list
from bot.data.knowledge import load_knowledge
from bot.data.phrases import load_phrases
from bot.data.places import load_places

EVERYWHERE = Service()


def load_known(service: Service = EVERYWHERE) -> Known:
    """Places, categories and phrases, each read once in a process; and where the service has begun."""
    return Known(load_places(), load_knowledge(), load_phrases(), service, dangers=load_danger_list())
