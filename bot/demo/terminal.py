"""The story in a terminal: what is new on every phone, line by line."""

from rich.console import Console

from bot.app import App
from bot.core.hours import WIB
from bot.demo.story import Cast, Stage
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.shown import Screen, Shown

MANY = 12
"""More buttons than this are not all written out."""


class Terminal(Stage):
    """A stage whose phones are printed."""

    def __init__(self, app: App, telegram: LocalTelegram, cast: Cast, siti: Phone, console: Console) -> None:
        super().__init__(app, telegram, cast)
        self._console = console
        self._shown: set[tuple[str, int]] = set()
        self._screens: dict[str, Screen] = {
            siti.desk.ask("user", id=siti.id)["first_name"]: siti,
            "TKSK": cast.tksk,
            "Koordinator": cast.koordinator,
            "JSC (grup)": cast.group,
            "JSC": cast.jsc,
        }

    def title(self, text: str) -> None:
        """A line of the narrator."""
        self._console.print(f"\n[bold]— {text}[/bold]")

    async def show(self) -> None:
        """Print what is new on every phone."""
        clock = self.telegram.clock.now().astimezone(WIB).strftime("%a %H.%M")
        for who, screen in self._screens.items():
            for bubble in screen.screen():
                if (who, bubble.message_id) not in self._shown:
                    self._shown.add((who, bubble.message_id))
                    self._bubble(clock, who, bubble)

    def _bubble(self, clock: str, who: str, bubble: Shown) -> None:
        text = (bubble.words or f"[{bubble.media}]").replace("\n\n", "\n")
        mine = bubble.sender == "user"
        head = f"[dim]{clock}[/dim] [cyan]{who:<12}[/cyan] {'»' if mine else ' '} "
        self._console.print(head, end="")
        self._console.print(
            ("\n" + " " * 25).join(text.split("\n")), markup=False, highlight=False, style="italic" if mine else ""
        )
        labels = bubble.labels
        if labels:
            shown = labels if len(labels) <= MANY else [*labels[: MANY - 2], f"… {len(labels) - MANY + 2}"]
            self._console.print(" " * 25 + " ".join(f"[ {label} ]" for label in shown), markup=False, style="green")
