"""What the API says: one shape a thing, every field of it recorded or null."""
