"""Where a workspace is. Imports next to nothing, so that light commands stay light."""

from __future__ import annotations

from pathlib import Path

STATION_FILE = "schedules/station.yaml"
"""The file that makes a folder a workspace."""


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that is a workspace, None if there is none."""
    here = start.absolute()
    return next((f for f in (here, *here.parents) if (f / STATION_FILE).is_file()), None)
