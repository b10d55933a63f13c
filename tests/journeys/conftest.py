"""What the browser tests stand on."""

# Here again, since pytest-playwright's fixture of this name hides that of an earlier plugin.
from laurels.config.testplugin import browser_type_launch_args

__all__ = ["browser_type_launch_args"]
