"""One installation on this machine: its folder, its secret, its environment."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    return Path(os.environ.get("LAURELS_DATA") or ROOT / "var").absolute()


def secret_key(data: Path) -> str:
    """Return the secret of a local installation, made once and kept in its folder."""
    file = data / "secret_key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w"
        ) as new:
            new.write(secrets.token_urlsafe(48))
        unfinished.rename(file)
    return file.read_text()


def local_environment(data: Path, port: int) -> dict[str, str]:
    """Return the variables that all processes of an installation share.

    What the caller's environment says stands, but for the folder and the port asked for.
    """
    usual = {"LAURELS_ENV": "local", "DJANGO_SETTINGS_MODULE": "laurels.config.settings"}
    environment = {**usual, **os.environ, "LAURELS_DATA": str(data), "LAURELS_PORT": str(port)}
    if environment["LAURELS_ENV"] == "local":
        environment.setdefault("LAURELS_DEMO", "1")
        environment.setdefault("LAURELS_SECRET_KEY", secret_key(data))
        environment.setdefault("LAURELS_SITE_URL", f"http://127.0.0.1:{port}")
        environment.setdefault("LAURELS_BOX_URL", f"http://localhost:{port + 1}")
    return environment
