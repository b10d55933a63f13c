"""A file of initiatives that the secretariat brings in: decoded, laid out in rows, checked."""
