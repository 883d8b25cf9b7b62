"""Rules without a chat: pure functions, catalogs, and tables that must agree with the code."""
