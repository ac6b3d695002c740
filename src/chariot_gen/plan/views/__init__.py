"""One frozen view a template: what the template prints, decided."""
