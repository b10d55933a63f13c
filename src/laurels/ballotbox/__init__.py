"""Takes sealed ballots and keeps them in a public log; it never sees an address."""
