"""What can be derived from a catalog: lists, counts, pages' contents. Data in, data out."""
