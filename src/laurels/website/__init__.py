"""Shows all of the award to its visitors: home, editions, campaign pages, standard pages."""
