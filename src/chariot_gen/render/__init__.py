"""File plans to text. No decisions, no disk writes."""
