"""The catalogs: complete, readable, alike in every language, and exactly what the code asks for."""
