"""What every test stands on: the tools it needs are there, or it fails and says which is not."""

from __future__ import annotations
