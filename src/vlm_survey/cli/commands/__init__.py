"""The commands, one a file, each named after its file.

To add one, put a file here with a click command named `command`, whose docstring is its help, and
describe it in `docs/cli.md`.
"""
