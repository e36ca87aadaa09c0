"""What rules, profiles and findings mean, in words for readers: at a terminal, and as the pages in `rules/docs/`."""
