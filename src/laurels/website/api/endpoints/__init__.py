"""What can be read, one function an address."""
