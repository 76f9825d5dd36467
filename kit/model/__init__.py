"""The nouns of the product as frozen data: what the YAML says, what a session is, what a document shows."""
