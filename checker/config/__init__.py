"""Settings: found, read, put in order of precedence, and told with where each comes from."""
