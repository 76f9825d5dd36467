"""From finished documents to bytes: HTML by Jinja, PDF by WeasyPrint, decks by python-pptx."""
