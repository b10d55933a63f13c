"""Serves the site or the box under Granian: `python -m laurels.config.serve site|box`.

Granian's worker outlives a master that is killed, and a second one would start beside it on the
same port unnoticed; so each worker is tied to its master before it loads the application.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces, Loops

from laurels.config.lifeline import die_with_parent

SITE = ("laurels.config.wsgi", "application")
BOX = ("laurels.config.box", "application")
KILL_TIMEOUT = 3  # seconds that open streams get at a stop
WEEK = 7 * 24 * 3600


def load(module: str, name: str) -> Any:
    die_with_parent()
    return getattr(importlib.import_module(module), name)


def load_site(*_arguments: Any) -> Any:
    application = load(*SITE)
    load(SITE[0], "warm_search")()
    return application


def load_box(*_arguments: Any) -> Any:
    return load(*BOX)


def site(host: str, port: int) -> None:
    media = Path(os.environ["LAURELS_DATA"]) / "media"
    media.mkdir(parents=True, exist_ok=True)
    Granian(
        ":".join(SITE),
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=int(os.environ.get("LAURELS_SITE_THREADS", "4")),
        static_path_route=["/media"],
        static_path_mount=[media],
        static_path_expires=WEEK,
        **common(),
    ).serve(target_loader=load_site)


def box(host: str, port: int) -> None:
    Granian(
        ":".join(BOX),
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop if sys.platform != "win32" else Loops.asyncio,
        backpressure=4096,
        **common(),
    ).serve(target_loader=load_box)


def common() -> dict[str, Any]:
    return {
        "workers": 1,
        "workers_kill_timeout": KILL_TIMEOUT,
        "log_access": False,
        "log_level": "warning",
        "websockets": False,
    }


def main(name: str, host: str, port: str) -> None:
    die_with_parent(parent=int(os.environ.get("LAURELS_SUPERVISOR", "0")) or None)
    {"site": site, "box": box}[name](host, int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
