"""Ears: intake, routes, translation, turns."""
