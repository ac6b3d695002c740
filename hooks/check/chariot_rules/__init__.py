"""Rules for SAM templates that no public linter holds, and the way from a finding to its line."""
