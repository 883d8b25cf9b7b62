"""A local Telegram: the Bot API over real HTTP, for tests and the demo."""
