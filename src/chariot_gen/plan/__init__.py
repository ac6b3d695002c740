"""Backend to file plans: every decision about the output is taken here."""
