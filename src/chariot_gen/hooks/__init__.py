"""The programs in ``hooks/``: found, started and understood; processes are started only here."""
