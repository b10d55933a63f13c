"""What happens in a live room, as server-sent events: RSGI, no Django, one listening connection."""
