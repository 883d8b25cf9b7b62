"""A bot whose calls name the row they show, so that no audit has to guess: Telegram ignores what it does not know.

Run as `python -m tests.campaign.named` it is the bot with all its commands.
"""

from dataclasses import replace

from bot import cli
from bot.app import App
from bot.commands import run
from notifiers.outcome import Outcome
from storage.claims import Claimed

ROW = "tersapa_row"


class Named(App):
    """The bot; what it sends for a row bears the row's uid as one more parameter."""

    async def _send_telegram(self, row: Claimed) -> Outcome:
        payload = {**row.payload, "params": {**row.payload["params"], ROW: row.uid}}
        return await super()._send_telegram(replace(row, payload=payload))


def main() -> None:
    """The command line, with this bot."""
    run.__dict__["App"] = Named
    cli.main()


if __name__ == "__main__":
    main()
