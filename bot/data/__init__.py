"""Tables that come with the bot, and their loaders."""
