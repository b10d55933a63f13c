"""The `laurels` command: up, test, bench, manage, recount, verify."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location

from laurels.config.children import MARK
from laurels.config.cluster import PostgresCannotStartError
from laurels.config.databases import DatabaseIsUnusableError, open_databases
from laurels.config.environment import EnvironmentIsIncompleteError
from laurels.config.installation import ROOT, data_folder, local_environment

HELP = """usage: laurels COMMAND

  up [--port N] [--data DIR] [--fresh]   run the site; Ctrl-C stops it
  test [PYTEST ARGUMENTS]                run every test, browser tests included
  bench NAME [--json]                    measure; without a name: the list
  manage COMMAND                         run a command of Django, or one of ours
  recount ADDRESS, verify FOLDER         recount an election, check a log
"""
PROBLEMS = (PostgresCannotStartError, DatabaseIsUnusableError, EnvironmentIsIncompleteError)
NEEDS_NO_DATABASE = {"recount"}  # benches


def up(arguments: list[str]) -> int:
    from laurels.config.supervisor import CannotStartError
    from laurels.config.up import up as bring_up

    try:
        bring_up(arguments)
    except CannotStartError as problem:
        print(f"laurels: {problem}", file=sys.stderr)
        return 1
    return 0


def manage(arguments: list[str]) -> int:
    data = data_folder()
    os.environ.update(local_environment(data, int(os.environ.get("LAURELS_PORT") or 8000)))
    # A process of the supervisor got its addresses, and must not bring up a server of its own.
    if MARK not in os.environ:
        addresses, _server = open_databases(data)
        os.environ.update(addresses)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["laurels manage", *arguments])
    return 0


def test(arguments: list[str]) -> int:
    from laurels.config.browser import find_or_install

    find_or_install()
    os.environ.pop("DATABASE_URL", None)
    # The journeys wait more than they reckon. A file stays whole, so that each of the two workers
    # starts the award's processes once.
    shared = [] if arguments else ["-n", "2", "--dist", "loadfile"]
    return subprocess.call([sys.executable, "-m", "pytest", *shared, *arguments], cwd=ROOT)


def bench(arguments: list[str]) -> int:
    """Run `main(arguments)` of benches/NAME.py on databases of its own, empty and migrated."""
    names = sorted(
        file.stem
        for file in (ROOT / "benches").glob("[a-z]*.py")
        if "def main(" in file.read_text()
    )
    if not arguments or arguments[0] not in names:
        print(f"laurels: name a bench: {', '.join(names)}", file=sys.stderr)
        return 2
    name, *rest = arguments
    data = data_folder() / "bench"
    os.environ.update(local_environment(data, 8500))
    if name not in NEEDS_NO_DATABASE:
        addresses, _server = open_databases(data, fresh=True)
        os.environ.update(addresses)
        migrate = [sys.executable, "-m", "laurels.config.command", "manage", "migrate", "-v0"]
        for more in ([], ["registrar", "--database=registrar"]):
            subprocess.run([*migrate, *more], check=True)
    sys.path.insert(0, str(ROOT))
    spec = spec_from_file_location(f"benches.{name}", ROOT / "benches" / f"{name}.py")
    if spec is None or spec.loader is None:
        return 2
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return int(module.main(rest) or 0)


def ballotlog(arguments: list[str]) -> int:
    from ballotlog.__main__ import main as run

    return int(run(arguments) or 0)


VERBS = {"up": up, "manage": manage, "test": test, "bench": bench}


def main() -> int:
    verb, *rest = sys.argv[1:] or ["--help"]
    if verb in {"-h", "--help", "help"}:
        print(HELP, end="")
        return 0
    try:
        if verb in VERBS:
            return VERBS[verb](rest)
        if verb in {"recount", "verify"}:
            return ballotlog([verb, *rest])
    except PROBLEMS as problem:
        print(f"laurels: {problem}", file=sys.stderr)
        return 1
    print(f"laurels: there is no command {verb!r}.\n\n{HELP}", end="", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
