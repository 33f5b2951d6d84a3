"""What a catalog consists of. Knows nothing of files, checks or pages."""
