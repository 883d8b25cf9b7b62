"""The brain and the front door."""
