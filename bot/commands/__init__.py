"""What the commands of `tersapa` do. Each is read when it runs; `bot.cli` says what it is given."""
