"""The commands, one per file, each named after its file.

To add a command, add a file with a click command named `command`. Its docstring is the help text.
Then describe it in `docs/cli.md`.
"""
