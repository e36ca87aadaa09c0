"""The command line: one file a command; it reads options, calls the api, prints, and sets the exit code."""
