"""Changes that run through many files of a catalog, and touch in each only what they change."""
