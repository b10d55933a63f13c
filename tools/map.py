"""Print what each package says of itself, in the order of the layers."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def sentence(package: Path) -> str:
    tree = ast.parse((package / "__init__.py").read_text())
    return (ast.get_docstring(tree) or "").split("\n")[0]


def main() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c["id"] == "apps")
    for layer in layers:
        for name in layer.split("|"):
            package = ROOT / "src/laurels" / name.strip(" ()")
            print(f"{package.name:12} {sentence(package)}")
    print(f"{'ballotlog':12} {sentence(ROOT / 'packages/ballotlog/src/ballotlog')}")


if __name__ == "__main__":
    main()
