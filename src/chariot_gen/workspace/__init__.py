"""The disk: the only package that reads or writes a backend's files."""
