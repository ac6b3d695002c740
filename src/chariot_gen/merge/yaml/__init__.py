"""Three-way merge of YAML by key path; every byte nobody changed stays as it is.

Nothing is ever dumped: the sources are cut into slices (``nodes``, ``split``), the slices
are put together again (``combine``), and the result is read once more and compared with
what it must mean before anybody gets it (``document``).
"""

from chariot_gen.merge.yaml.document import merge_yaml

__all__ = ["merge_yaml"]
