"""Whether what was handed out is what would be handed out now: approved, finished, at its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import moment
from broadcast.errors import BroadcastError
from broadcast.publish.items import Handout, Item
from broadcast.store.workspace import Workspace
from broadcast.workflow.handing_out import airings_for, handout
from broadcast.workflow.weeks import EMPTY, ON_FILE, WeekView, view_week

if TYPE_CHECKING:
    from broadcast.publish.manifest import Aired


@dataclass(frozen=True, slots=True)
class Now:
    """A week as the workspace has it: `going` are the airings that go out to the zones asked for,
    by id, and `given` what would be handed out of them."""

    view: WeekView
    going: Mapping[str, Airing]
    given: Handout

    def why_not(self, aired: Aired, digest: str) -> str | None:
        """Why a file is not what should be heard of an airing; None while it is.

        Args:
            digest: SHA-256 (hex) of the file as it was handed out.
        """
        airing = self.view.week.airing(aired.airing)
        told = moment(aired.starts)
        if airing is None:
            return f"lượt {told} không còn trong tuần {self.view.week.id}"
        told = f"{told} «{self.view.title(airing)}»"
        if airing.id not in self.going:
            return f"{told}: nay không phát ở đây (đổi cụm loa, hoặc nhường lượt gấp hơn)"
        if airing.starts != aired.starts:
            return f"{told}: đã dời sang {moment(airing.starts)}"
        return self._unready(airing, told) or self._other_sound(aired, digest, told)

    def _unready(self, airing: Airing, told: str) -> str | None:
        state = self.view.state(airing)
        if state == ON_FILE:
            return None
        if state == EMPTY:
            return f"{told}: lượt ấy nay chưa có kịch bản"
        if state == "đã duyệt":
            return f"{told}: lời đã duyệt nay chưa đọc thành MP3"
        return f"{told}: kịch bản nay chưa được duyệt ({state})"

    def _other_sound(self, aired: Aired, digest: str, told: str) -> str | None:
        item = next(one for one in self.given.items if one.airing.id == aired.airing)
        if _digest_of(item, aired.zone) == digest:
            return None
        return f"{told}: bản cũ, nay đã có bản đọc khác được duyệt"

    def missing(self, handed_out: Iterable[Aired]) -> Iterator[str]:
        """Each airing that goes out now and was not among those handed out."""
        before = {one.airing for one in handed_out}
        for airing in self.going.values():
            if airing.id not in before:
                yield f"{moment(airing.starts)} «{self.view.title(airing)}»: thêm sau lần xuất ấy"


def _digest_of(item: Item, zone: str) -> str:
    """SHA-256 of what a zone hears of an item, or of the item's own file."""
    own = next((one for one in item.variants if one.zone == zone), None)
    return own.digest if own else item.digest


def week_now(workspace: Workspace, week_id: WeekId, zones: Iterable[str]) -> Now | str:
    """The week as it is now for these zones (none: all), or why that cannot be told."""
    try:
        view = view_week(workspace, week_id)
    except BroadcastError as error:
        return error.happened or error.title
    asked = set(zones)
    heard_in = tuple(zone for zone in view.station.zones if zone.id in asked)
    going = airings_for(view, heard_in) if heard_in or not asked else ()
    given = handout(workspace, view, going, heard_in)
    return Now(view, {airing.id: airing for airing in going}, given)
