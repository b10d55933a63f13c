"""Picks the settings of the environment named by LAURELS_ENV: local, test or production."""

from laurels.config.environment import Environment

match name := Environment().text("LAURELS_ENV", "local"):
    case "local":
        from laurels.config.settings.local import *  # noqa: F403 -- settings are one namespace
    case "test":
        from laurels.config.settings.test import *  # noqa: F403 -- settings are one namespace
    case "production":
        from laurels.config.settings.production import *  # noqa: F403 -- one namespace
    case _:
        raise SystemExit(f"LAURELS_ENV is {name!r}; write local, test or production.")
