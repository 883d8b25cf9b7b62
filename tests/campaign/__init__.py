"""The campaign: whole reports over HTTP while the bot is killed again and again, and an audit of what was left."""
