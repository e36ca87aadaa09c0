"""Repairs pages: marks paid links, and puts the notice before the first of them. Whatever it cannot prove harmless it leaves alone."""
