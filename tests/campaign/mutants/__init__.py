"""Launchers that break one promise before the bot starts; the audit has to catch each."""
