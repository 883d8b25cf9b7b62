"""The bench: whole reports through the real bot over HTTP, against the same conversation written the usual way."""
