"""[service]."""

from bot.config.section import Section


class ServiceSettings(Section):
    """The kabupaten/kota where the service has begun, by name or code; none are named where it is everywhere."""

    kabupaten: tuple[str, ...] = ()
