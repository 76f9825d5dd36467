"""kit: one session plan in, a whole workshop pack out."""

__version__ = "0.1.0"
