"""Memory: tables, questions, inbox, outbox, sealing, migrations."""
