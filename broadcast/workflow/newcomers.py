"""What a new airing airs, before it is known where it stands."""

from __future__ import annotations

from datetime import date, time

from broadcast.domain.week import Airing
from broadcast.errors import InputError, NotFoundError
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.desk import Desk

_TITLE = "Không thêm được lượt phát"


def content_of(desk: Desk, topic: tuple[str, str] | None, script_id: str | None) -> Airing:
    """An airing of a topic (plan id, path), of a script, or of both, that stands nowhere yet.

    Raises:
        InputError: neither is given.
        NotFoundError: no such plan, topic or script.
    """
    if topic is None and script_id is None:
        mend = "chọn một nội dung của kế hoạch hoặc một kịch bản"
        raise InputError(_TITLE, "chưa nói phát gì", mend)
    script = desk.script(script_id) if script_id else None
    title = script.title if script else ""
    plan_id, path = (script.plan, script.topic) if script else (None, None)
    if topic:
        plan_id, path = topic
        title = title or _title(desk, plan_id, path)
    return Airing(
        "",
        date.min,
        time(),
        0,
        (),
        title=title,
        plan=plan_id,
        topic=path,
        script=script_id,
        why="cán bộ đài thêm",
    )


def _title(desk: Desk, plan_id: str, path: str) -> str:
    found = desk.plan(plan_id).topic(path)
    if found is None:
        happened = f"kế hoạch {plan_id} không có mục «{path}»"
        raise NotFoundError(_TITLE, happened, "chọn một mục khác của kế hoạch")
    return short_title(found.text)
