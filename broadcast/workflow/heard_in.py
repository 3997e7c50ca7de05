"""In which zones scripts are heard, for what their files tell of themselves."""

from __future__ import annotations

from broadcast.domain.pairing import Version, version_for
from broadcast.domain.station import Station
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.script_airings import airings_by_script
from broadcast.workflow.versions import by_language


class HeardIn:
    """The zones of every script's airings, as the weeks are planned when this is made."""

    def __init__(self, desk: Desk, station: Station) -> None:
        self._workspace, self._station = desk.workspace, station
        self._aired = {
            script: {zone for airing in airings for zone in airing.zones}
            for script, airings in airings_by_script(desk).items()
        }

    def names(self, hearing: Hearing, version: Version | None = None) -> str:
        """The names of the zones that hear a script, or a version of it; "" if it is not aired."""
        aired = self._aired.get(hearing.script.id, set())
        heard = [zone for zone in self._station.zones if zone.id in aired]
        if version:
            approved = by_language(self._workspace, hearing)
            heard = [z for z in heard if version_for(self._station, z, approved) == version]
        return ", ".join(zone.name for zone in heard)
