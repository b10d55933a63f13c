"""The demo: an edition on its own clock, invented voters, and a page that leads through it."""
