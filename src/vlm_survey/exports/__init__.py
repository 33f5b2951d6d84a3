"""The catalog in the forms that other tools read, one form a module."""
