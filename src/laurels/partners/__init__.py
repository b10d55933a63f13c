"""Names who carries the award, and gives each partner a page for its campaign."""
