"""Typed settings: arguments > environment TERSAPA_SECTION__KEY > TOML. Wrong ones name their key and line.

The section [x] of the TOML is the file x.py.
"""

from bot.config.addresses import is_loopback
from bot.config.faults import ConfigError
from bot.config.jsc import Jsc
from bot.config.kept_ladder import policy_from_json, policy_json
from bot.config.load import load_settings
from bot.config.settings import Settings
from bot.config.smtp import SMTPS, Smtp
from bot.config.summary import SummarySettings
from bot.config.telegram import Telegram, Webhook
from bot.config.times import hours

__all__ = [
    "SMTPS",
    "ConfigError",
    "Jsc",
    "Settings",
    "Smtp",
    "SummarySettings",
    "Telegram",
    "Webhook",
    "hours",
    "is_loopback",
    "load_settings",
    "policy_from_json",
    "policy_json",
]
