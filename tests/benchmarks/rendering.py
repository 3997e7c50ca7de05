"""Renders a week with so many workers, in a process of its own.

Run as a program: rendering.py ROOT WORKERS SCRIPT...
"""

from __future__ import annotations

import sys
from pathlib import Path

from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Listener
from broadcast.workflow.render import Failed, render_each
from broadcast.workflow.workshop import local_workers


def main(root: str, count: str, *scripts: str) -> None:
    """Render the scripts.

    Raises:
        BroadcastError: one cannot be made.
    """
    workspace = Workspace(Path(root))
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    hearings = [listener.hear(workspace.load_script(one)) for one in scripts]
    with local_workers(int(count)) as workers:
        for one in render_each(workspace, station, hearings, "espeak", workers=workers):
            if isinstance(one, Failed):
                raise one.error


if __name__ == "__main__":
    main(*sys.argv[1:])
