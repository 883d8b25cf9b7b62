"""Stories through the chat, properties of the core, faults."""
