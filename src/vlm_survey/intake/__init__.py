"""From what others publish about a paper to a record: one source a file.

`web` is the only part of the package that talks to the network. A source turns its answer into
`Facts`; `draft` turns facts into a record, with tags as proposals only.
"""
