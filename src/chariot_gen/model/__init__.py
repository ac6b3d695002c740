"""What a backend *is*: frozen values without YAML and without Go."""
