"""Pure rules: no clock, file, socket, database or Telegram."""
