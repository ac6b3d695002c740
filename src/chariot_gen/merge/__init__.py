"""Old text, text on disk and new text to one change; pure, and no line of a person is lost."""
