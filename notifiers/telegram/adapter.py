"""Telegram as a channel: one call for one outbox row, and what its error means (reliability: the error table)."""

from datetime import timedelta
from typing import Any

from telegram import Bot, User
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.config import Telegram as TelegramSettings
from bot.config import is_loopback
from notifiers.outcome import Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from notifiers.telegram.transport import NoBotApi, NotSent, Transport
from storage.claims import Claimed


class ApiBot(Bot):
    """The library's Bot, with one door for calls that were rendered when they were said."""

    async def initialize_quietly(self) -> None:
        """Open the pools and ask who we are; a refused token is said without repeating it (T01)."""
        try:
            await self.initialize()
        except InvalidToken:
            raise InvalidToken("the token is refused") from None

    async def get_me(self, **how: Any) -> User:
        """Who we are; what other Bot API servers leave out is filled in."""
        answer = await self._post("getMe", **how)
        if not isinstance(answer, dict) or "id" not in answer:
            raise NoBotApi("getMe names no bot")
        self._bot_user = User.de_json({"is_bot": True, "first_name": "", "username": "", **answer}, self)
        return self._bot_user

    async def call(self, method: str, params: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """Call `method` with ready parameters; raises the library's errors."""
        if read_timeout is None:
            return await self._post(method, params)
        return await self._post(method, params, read_timeout=read_timeout)


def api_bot(telegram: TelegramSettings) -> ApiBot:
    """The bot at the Bot API server of the settings; the proxy of this machine is used for others only."""
    api, elsewhere = telegram.api_url.rstrip("/"), not is_loopback(telegram.api_url)
    return ApiBot(
        telegram.token.get_secret_value(),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=Transport(trust_env=elsewhere),
        get_updates_request=Transport(2, trust_env=elsewhere),
    )


async def send(bot: ApiBot, claimed: Claimed) -> Outcome:
    """Send one claimed row to the address of its chat; never raises for what Telegram or the network does."""
    params = dict(claimed.payload["params"])
    if claimed.address is None and ("chat_id" in params or "scope" in params):
        return Never("the chat has no row", unreachable=True)
    if "chat_id" in params:
        params["chat_id"] = claimed.address
    if "scope" in params:
        params["scope"] = {**params["scope"], "chat_id": claimed.address}
    method = claimed.payload["method"]
    if claimed.edits is not None:
        params["message_id"] = claimed.edits
        if claimed.in_place is not None:
            method = "editMessageText"
    if claimed.replies is not None:
        params["reply_parameters"] = {"message_id": claimed.replies, "allow_sending_without_reply": True}
    try:
        answer = await bot.call(method, params)
    except TelegramError as error:
        return classify(error)
    return Sent(answer.get("message_id") if isinstance(answer, dict) else None)


def classify(error: TelegramError) -> Outcome:
    """What an error of the library means for a message. `BadRequest` is a `NetworkError`: it comes first."""
    match error:
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case RetryAfter():
            return Later("429", error._retry_after, counts=False)
        case Forbidden():
            return Never(f"403 {error.message}", unreachable=True)
        case BadRequest():
            return _bad_request(error.message)
        case InvalidToken():
            return Unauthorized("401")
        case Conflict():
            return Later("409", counts=False)
        case NetworkError() if isinstance(error.__cause__, NotSent):
            return Later(f"not sent: {error.__cause__}")
        case NetworkError() if "retry_after" in error.message or error.message.startswith("Too Many Requests"):
            return Later("429", timedelta(seconds=1), counts=False)  # the library has no class for retry_after 0
        case _:
            return Unknown(type(error).__name__)


def _bad_request(message: str) -> Outcome:
    text = message.casefold()
    if "not modified" in text or "query is too old" in text or "to delete" in text or "be deleted" in text:
        return Sent()
    if "can't parse entities" in text or "can't parse message" in text:
        return Plainer("entities")
    if "too long" in text or "too_long" in text:
        return Plainer("too long", shorter=True)
    if "message to edit not found" in text or "message can't be edited" in text or "message_id_invalid" in text:
        return Gone(message)
    if "chat not found" in text or "user is deactivated" in text or "peer_id_invalid" in text:
        return Never(f"400 {message}", unreachable=True)
    return Never(f"400 {message}")
