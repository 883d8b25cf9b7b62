"""Stories told through the chat: what each person does, and what each phone shows."""
