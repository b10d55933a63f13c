"""Gives time, mail, limits, an audit trail and health, and knows no word of the award."""
