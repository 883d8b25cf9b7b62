"""Voice: the sender and one adapter a channel."""
