"""Which modules may touch disk, network and clock."""

import ast
from pathlib import Path

import ballotlog

EDGE = {"archive", "zipped", "remote", "spool", "verify", "workers", "__main__"}
OUTSIDE = {"asyncio", "http", "multiprocessing", "os", "pathlib", "shutil", "socket"}
OUTSIDE |= {"subprocess", "tempfile", "threading", "time", "urllib", "django"}
MODULES = sorted(Path(ballotlog.__file__).parent.glob("*.py"))


def imported(tree):
    """Top-level packages that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_the_core_touches_no_disk_network_or_clock():
    touching = {
        path.stem for path in MODULES if OUTSIDE & set(imported(ast.parse(path.read_text())))
    }

    assert touching <= EDGE


def test_nothing_reads_a_clock():
    names = {
        node.attr
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }

    assert not names & {"now", "utcnow", "today", "monotonic", "perf_counter"}
