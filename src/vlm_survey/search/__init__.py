"""Full-text search: one index and one ranking, used by the command line and by the site."""
