"""Mail as a channel: one letter a row, its Message-ID constant over retries, so that a repeat can be told apart."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP as FOR_THE_WIRE
from email.utils import format_datetime

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.config import SMTPS, Smtp
from notifiers import schedule
from notifiers.outcome import Later, Never, Outcome, Sent, Unauthorized, Unknown
from storage.claims import Claimed

CALL_LIMIT = 15.0
"""Seconds for one letter, below the sender's own limit."""
FAREWELL = 1.0
LETTER = FOR_THE_WIRE.clone(cte_type="7bit")  # a newline in a header is an error, never a second header (T25)


class Mailer:
    """Sends letters through the one server that the settings name."""

    def __init__(self, settings: Smtp) -> None:
        self._settings = settings
        self.call_limit = CALL_LIMIT

    async def send(self, claimed: Claimed) -> Outcome:
        """Send one letter; never raises for what the server or the network does."""
        wait = schedule.wait(schedule.MAIL, claimed.fails)
        letter = compose(self._settings.sender, claimed).as_bytes()
        client, handed_over = self._client(), False
        try:
            async with asyncio.timeout(self.call_limit):
                await client.connect()
                await client.mail(self._settings.sender)
                await client.rcpt(claimed.payload["to"])
                handed_over = True
                await client.data(letter)
            with suppress(SMTPException, OSError):
                async with asyncio.timeout(FAREWELL):
                    await client.quit()
        except SMTPResponseException as error:
            return classify(error, wait)
        except (SMTPException, OSError) as error:
            if handed_over:
                return Unknown(type(error).__name__, wait)
            return Later(f"not sent: {type(error).__name__}", wait)
        finally:
            client.close()
        return Sent()

    def _client(self) -> SMTP:
        smtp = self._settings
        encrypted = smtp.port == SMTPS
        return SMTP(
            hostname=smtp.host,
            port=smtp.port,
            username=smtp.user or None,
            password=smtp.password.get_secret_value() or None,
            use_tls=encrypted,
            start_tls=smtp.starttls and not encrypted,
            local_hostname=_domain(smtp.sender),
            timeout=self.call_limit,
        )


def compose(sender: str, claimed: Claimed) -> EmailMessage:
    """The letter of a row: the same bytes at every try."""
    letter = EmailMessage(LETTER)
    letter["From"], letter["To"] = sender, claimed.payload["to"]
    letter["Subject"] = claimed.payload["subject"]
    letter["Date"] = format_datetime(claimed.created_at)
    letter["Message-ID"] = f"<{claimed.uid}@{_domain(sender)}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(claimed.payload["text"])
    return letter


def classify(error: SMTPResponseException, wait: timedelta) -> Outcome:
    """What the server's refusal means: 4xx is for now; 5xx concerns our account, or this letter for good."""
    why = f"{error.code} {type(error).__name__}"
    if error.code == 530 or (error.code >= 500 and isinstance(error, SMTPAuthenticationError | SMTPSenderRefused)):
        return Unauthorized(why, wait)
    if error.code >= 500 and isinstance(error, SMTPRecipientRefused | SMTPDataError):
        return Never(why)
    return Later(why, wait)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
