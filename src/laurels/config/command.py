"""The `laurels` command."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    verb, *rest = sys.argv[1:] or ["up"]
    data = Path(os.environ.setdefault("LAURELS_DATA", str(ROOT / "var")))
    if verb == "test":
        sys.exit(subprocess.call([sys.executable, "-m", "pytest", *rest], cwd=ROOT))
    if verb == "manage":
        from laurels.config.postgres import Server

        os.environ.setdefault("LAURELS_DEMO", "1")
        if "DATABASE_URL" not in os.environ:
            server = Server(data)
            server.start()
            for variable, name in (
                ("DATABASE_URL", "laurels"),
                ("REGISTRAR_DATABASE_URL", "registrar"),
            ):
                if not server.has_database(name):
                    server.create_database(name)
                os.environ[variable] = server.url(name)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["laurels manage", *rest])


if __name__ == "__main__":
    main()
