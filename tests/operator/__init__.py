"""The front door: commands, settings, files, logs, start and stop."""
