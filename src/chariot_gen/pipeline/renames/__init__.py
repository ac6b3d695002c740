"""Renames that carry what people wrote: which there are, what follows, what stands in the way."""
