"""The wire: intake, sender, webhooks, mail, locks, and every way of failing."""
