"""Run the benchmarks named (all without a name) and print their tables.

Each module bench_NAME.py here has TITLE, HEAD (the columns) and rows().
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks import __name__ as here


def main(wanted: list[str]) -> int:
    """Print a table for each benchmark; 2 where a name is not known."""
    names = sorted(
        path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")
    )
    if unknown := sorted(set(wanted) - set(names)):
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted or names:
        module = import_module(f"{here}.bench_{name}")
        print(f"\n{module.TITLE}\n", flush=True)
        print(table([module.HEAD, *module.rows()]), flush=True)
    return 0


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows (the first is the head) as a Markdown table."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
