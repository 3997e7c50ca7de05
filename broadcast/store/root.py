"""Where a workspace is. Imports nothing but os, so that light commands stay light."""

from __future__ import annotations

import os.path

STATION_FILE = "schedules/station.yaml"
"""The file that makes a folder a workspace."""


def find_root(start: str) -> str | None:
    """The nearest folder from `start` upwards that is a workspace, None if there is none."""
    folder = os.path.abspath(start)  # noqa: PTH100 - pathlib costs as much as reading a line
    while not os.path.isfile(os.path.join(folder, STATION_FILE)):  # noqa: PTH113, PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return None
        folder = parent
    return folder
