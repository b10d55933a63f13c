"""Puts everything together: settings, addresses, databases, processes and the `laurels` command."""
