"""Shows articles, campaigns, cities and the countdown at partners' sites."""
