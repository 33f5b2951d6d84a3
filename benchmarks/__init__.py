"""Measurements that anyone can repeat; the tests never measure time."""
