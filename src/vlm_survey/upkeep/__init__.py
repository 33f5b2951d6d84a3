"""What must be looked at again as time passes: links die, preprints become articles."""
