"""Where everything of a workspace is, as design "A workspace" has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from broadcast.domain.week import WeekId
from broadcast.store.names import require_id
from broadcast.store.root import STATION_FILE


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of the workspace at `root`, whether they are there or not."""

    root: Path

    @property
    def station_path(self) -> Path:
        """The station's own description."""
        return self.root / STATION_FILE

    @property
    def schedules(self) -> Path:
        """Weeks, plans and the log."""
        return self.root / "schedules"

    @property
    def duties_path(self) -> Path:
        """What was done of the plans' duties, as far as people record it."""
        return self.schedules / "duties.yaml"

    @property
    def plans_folder(self) -> Path:
        """Imported plans."""
        return self.schedules / "plans"

    @property
    def sources_folder(self) -> Path:
        """The documents plans were imported from."""
        return self.plans_folder / "source"

    @property
    def scripts(self) -> Path:
        """Scripts, pieces, templates, recordings and the lexicon."""
        return self.root / "scripts"

    @property
    def pieces_folder(self) -> Path:
        """The station's own ready pieces."""
        return self.scripts / "pieces"

    @property
    def lexicon_path(self) -> Path:
        """How the station says its own names."""
        return self.scripts / "lexicon.yaml"

    @property
    def decisions_path(self) -> Path:
        """What the officer decided about suggestions of proofreading."""
        return self.scripts / "proofread.yaml"

    @property
    def recordings(self) -> Path:
        """People's own recordings; cues name them relative to scripts/."""
        return self.scripts / "recordings"

    @property
    def unsaved(self) -> Path:
        """Texts that are being edited and not saved yet; of this machine only."""
        return self.scripts / ".unsaved"

    @property
    def out(self) -> Path:
        """Audio, cache and exports; may be deleted at any time."""
        return self.root / "out"

    @property
    def cache(self) -> Path:
        """What would only cost time to make again."""
        return self.out / "cache"

    @property
    def paces_path(self) -> Path:
        """How long each voice took for what it has read."""
        return self.out / "paces.json"

    def recording(self, name: str) -> Path | None:
        """The file a recording cue names, relative to scripts/; None if it is not there.

        Names that lead out of scripts/ count as not there.
        """
        path = (self.scripts / name.replace("\\", "/")).resolve()
        inside = path.is_relative_to(self.scripts.resolve())
        return path if inside and path.is_file() else None

    def plan_path(self, plan_id: str) -> Path:
        """Where that plan is or would be."""
        return self.plans_folder / f"{require_id(plan_id)}.yaml"

    def week_path(self, week: WeekId) -> Path:
        """Where that week is or would be."""
        return self.schedules / f"{week}.yaml"

    def script_path(self, script_id: str) -> Path:
        """Where that script is or would be."""
        return self.scripts / f"{require_id(script_id)}.md"

    def shown(self, path: Path) -> str:
        """A path as the officer knows it: relative to the workspace, with forward slashes."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )
