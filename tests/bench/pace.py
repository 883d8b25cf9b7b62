"""How messages left: how many in the busiest second, and how many more than Telegram lets out."""

from collections import deque

from bot.localtelegram.server import LocalTelegram

TELEGRAM = 30
"""Messages a second that Telegram takes of one bot."""
MESSAGES = ("sendMessage", "editMessageText", "editMessageReplyMarkup")


def left(telegram: LocalTelegram, after: int = 0) -> list[float]:
    """When each message left, in seconds; `after` is the number of the last call that does not count."""
    return [call.at for call in telegram.state.calls if call.number > after and call.method in MESSAGES]


def busiest_second(telegram: LocalTelegram, after: int = 0) -> int:
    """The most messages in any one second."""
    return max(_within(left(telegram, after)), default=0)


def beyond(telegram: LocalTelegram, after: int = 0) -> int:
    """How many messages left though Telegram had taken its most within the last second, or were refused (429)."""
    many = sum(count > TELEGRAM for count in _within(left(telegram, after)))
    return many + sum(call.code == 429 for call in telegram.state.calls if call.number > after)


def _within(moments: list[float]) -> list[int]:
    """For each message, how many left within the second up to it, itself included."""
    window: deque[float] = deque()
    counts = []
    for at in moments:
        window.append(at)
        while at - window[0] >= 1:
            window.popleft()
        counts.append(len(window))
    return counts
