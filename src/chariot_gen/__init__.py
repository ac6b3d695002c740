"""chariot-gen: Go backends on the Chariot pattern from one YAML spec per entity."""

__version__ = "0.1.0"
