"""Refuse tracked files that name a package registry or a path of somebody's machine.

A host name in a lock ties an install to one registry; a path ties the project to one machine.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Written in pieces, so that this file does not match itself.
HOSTS = ("pypi." + "org", "python" + "hosted.org", "npmjs." + "org", "registry." + "npmjs")
MIRRORS = ("deb." + "debian.org", "extra-index-" + "url", "index-" + "url =", "find-" + "links")
PATHS = r"(?<![\w.$}-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "fa" + "rm")) + r")/\w"
REFUSED = re.compile("|".join([*map(re.escape, (*HOSTS, *MIRRORS)), PATHS]).encode())


def offences(file: Path) -> list[str]:
    """Return `path:line: text` for every line of a file that must not stand there."""
    if not file.is_file():
        return []
    return [
        f"{file.relative_to(ROOT)}:{number}: {line[:120].decode(errors='replace').strip()}"
        for number, line in enumerate(file.read_bytes().splitlines(), 1)
        if REFUSED.search(line)
    ]


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    found = [offence for file in files for offence in offences(file)]
    print("\n".join(found) or f"{len(files)} tracked files are clean.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
