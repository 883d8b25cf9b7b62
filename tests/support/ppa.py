"""The ladders of violence and children as config.example.toml shows them, ready to be switched on."""

import tomllib
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def by_sort() -> dict[str, Any]:
    """The section [escalation] with the override for `ppa` of the example."""
    shown = EXAMPLE.read_text("utf-8").split("# Violence, children")[1].split("# Days off")[0].splitlines()
    start = shown.index("# [[escalation.override]]")
    found: dict[str, Any] = tomllib.loads("\n".join(line.removeprefix("# ") for line in shown[start:]))["escalation"]
    return found
