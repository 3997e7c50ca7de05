"""Putting a script together: its items and why, looked at and changed before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcast.domain.wording import day_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import Blank, Choice, ChooseDialog, FormDialog, LongAskDialog
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.assembled_text import assembled_text
from broadcast.tui.screens.script_edits import ScriptEdits
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from broadcast.workflow.assemble import Assembled
    from broadcast.workflow.choices import Programme
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.order import ItemKind, Order
    from broadcast.workflow.plans import TopicKey

_LONGEST_NAMED = 40
_LONGEST_MINUTES = 240
_CHOSEN_BY_US = "*"
"""Stands for None where None is no answer; no piece has such an id."""

_TYPED: dict[ItemKind, tuple[str, str]] = {
    "news": ("tin của xã", "Trạm y tế tiêm chủng sáng thứ Tư. Mời bà con đưa trẻ đến."),
    "notice": ("thông báo", "Chiều thứ Sáu cắt điện từ 13 giờ đến 16 giờ."),
    "weather": ("tin thời tiết", "Hôm nay trời nắng, chiều tối có mưa rào."),
}
"""What an item is that the officer types, and an example."""


class ScriptAssemble(ScriptEdits):
    """The action that makes a script out of a plan's topics; nothing is written unasked."""

    def action_assemble(self) -> None:
        """Ask for a topic, the least heard first, and show what a script about it would be."""
        self._choose_topic(self._begin)

    def _choose_topic(self, then: Callable[[TopicKey | None], None]) -> None:
        self.job(lambda: _topics(self.office.desk), lambda found: self._ask_topic(found, then))

    def _ask_topic(self, found: list[Programme], then: Callable[[TopicKey | None], None]) -> None:
        if not found:
            self.say(f"Chưa có nội dung nào để soạn: {key_of('week.import_plan')} ở màn hình Tuần "
                     "nhập kế hoạch trước")  # fmt: skip
            return
        choices = [Choice(one.topic, one.title, one.told) for one in found if one.topic]
        title = "Soạn kịch bản từ nội dung: nội dung ít phát nhất đứng đầu"
        self.app.push_screen(ChooseDialog(title, choices, "Tìm nội dung"), then)

    def _begin(self, topic: TopicKey | None) -> None:
        from broadcast.workflow.order import Ask, Order  # noqa: PLC0415 - after the first paint

        if topic:
            self._look(Order((Ask("topic", topic),), day=self.office.today()))

    # The preview

    def _look(self, order: Order, before: Order | None = None) -> None:
        """Show what the order makes; one that makes nothing leads back to the one `before`."""

        def failed(error: BroadcastError) -> None:
            self.say("")
            self.app.push_screen(
                ErrorDialog(error), lambda _read: self._look(before) if before else None
            )

        self.say("Đang xem trước…")
        self.job(lambda: _preview(self.office, order), self._show_preview, failed)

    def _show_preview(self, made: Assembled) -> None:
        self.say("")
        dialog = PreviewDialog(
            "Xem trước kịch bản, chưa ghi gì", assembled_text(made), list(_ways(made))
        )
        self.app.push_screen(dialog, lambda way: self._go_on(made, *way) if way else None)

    def _go_on(self, made: Assembled, way: str, item: int) -> None:
        if way == "make":
            self._make(made.order)
        elif way == "piece":
            self._ask_piece_of(made, item)
        elif way == "drop":
            asks = made.order.asks
            self._look(replace(made.order, asks=(*asks[:item], *asks[item + 1 :])))
        elif way == "topic":
            self._choose_topic(
                lambda topic: (
                    self._add(made.order, "topic", topic=topic) if topic else self._look(made.order)
                )
            )
        elif way == "minutes":
            self._ask_minutes(made.order)
        else:
            self._ask_text(made.order, next(kind for kind in _TYPED if kind == way))

    def _ask_piece_of(self, made: Assembled, number: int) -> None:
        from broadcast.workflow.order import OWN_SENTENCES  # noqa: PLC0415 - it is loaded

        item, order = made.items[number], made.order
        choices = [
            Choice(one.piece, one.title, f"nghe ngày {day_text(one.heard)}, chưa đủ bốn tuần"
                   if one.heard else " · ".join(one.subjects))
            for one in item.options
        ]  # fmt: skip
        choices.append(Choice(OWN_SENTENCES, "Câu chữ của kế hoạch", "cần biên tập lại"))
        if item.ask.piece is not None:
            choices.append(Choice(_CHOSEN_BY_US, "Để chương trình chọn lại"))

        def chosen(piece: str | None) -> None:
            if piece is None:
                self._look(order)
            else:
                self._look(order.with_piece(number, None if piece == _CHOSEN_BY_US else piece))

        title = f"Lời của mục «{shorten(item.title, _LONGEST_NAMED)}»"
        self.app.push_screen(ChooseDialog(title, choices, "Tìm bài"), chosen)

    def _ask_text(self, order: Order, kind: ItemKind) -> None:
        what, example = _TYPED[kind]
        blank = Blank("text", f"Lời của {what}", "", example)

        def check(values: dict[str, str]) -> dict[str, str]:
            return {} if values["text"] else {"text": f"Ghi lời của {what}"}

        def typed(values: dict[str, str] | None) -> None:
            if values:
                self._add(order, kind, text=values["text"])
            else:
                self._look(order)

        self.app.push_screen(FormDialog(f"Thêm {what}", [blank], check), typed)

    def _ask_minutes(self, order: Order) -> None:
        blank = Blank("minutes", "Số phút của chương trình (để trống: dài bao nhiêu cũng được)",
                      str(order.minutes or ""), "10")  # fmt: skip

        def typed(values: dict[str, str] | None) -> None:
            if values is None:
                self._look(order)
            else:
                minutes = int(values["minutes"]) if values["minutes"] else None
                self._look(replace(order, minutes=minutes))

        self.app.push_screen(FormDialog("Thời lượng", [blank], _minutes_wrong), typed)

    def _add(
        self, order: Order, kind: ItemKind, *, topic: TopicKey | None = None, text: str = ""
    ) -> None:
        from broadcast.workflow.order import Ask  # noqa: PLC0415 - it is loaded

        self._look(replace(order, asks=(*order.asks, Ask(kind, topic, text=text))), order)

    def _make(self, order: Order) -> None:
        def assembled() -> Assembled:
            from broadcast.workflow.assemble import assemble_order  # noqa: PLC0415 - in the worker

            return assemble_order(self.office.workspace, order)

        def made(done: Assembled) -> None:
            told = f"Đã soạn: {done.why}"
            if done.blanks:
                told = f"Đã soạn, {key_of('script.fill')} điền chỗ trống: {done.why}"
            self.open_script(done.script.id, then=lambda: self.say(told))

        self.say("Đang soạn…")
        self.job(assembled, made)


class PreviewDialog(LongAskDialog[tuple[str, int]]):
    """What would be made, with everything that can be changed about it."""


def _ways(made: Assembled) -> Iterator[Choice[tuple[str, int]]]:
    """What can be done with a preview, each with the item it is about."""
    yield Choice(("make", 0), "Soạn kịch bản này")
    asks = made.order.asks
    for number, item in enumerate(made.items[: len(asks)]):
        if item.ask.kind == "topic":
            named = shorten(item.title, _LONGEST_NAMED)
            yield Choice(("piece", number), f"Đổi lời của mục «{named}»")
    yield Choice(("topic", 0), "Thêm nội dung của kế hoạch")
    for kind, (what, _example) in _TYPED.items():
        yield Choice((kind, 0), f"Thêm {what}")
    yield Choice(("minutes", 0), "Đặt số phút của chương trình")
    for number, item in enumerate(made.items[: len(asks)]):
        if len(asks) > 1:
            yield Choice(("drop", number), f"Bỏ mục «{shorten(item.title, _LONGEST_NAMED)}»")


def _minutes_wrong(values: dict[str, str]) -> dict[str, str]:
    typed = values["minutes"]
    good = not typed or (typed.isdecimal() and 1 <= int(typed) <= _LONGEST_MINUTES)
    return {} if good else {"minutes": f"Ghi số phút từ 1 đến {_LONGEST_MINUTES}"}


def _topics(desk: Desk) -> list[Programme]:
    from broadcast.workflow.choices import programmes  # noqa: PLC0415 - in the worker

    return [one for one in programmes(desk) if one.topic]


def _preview(office: Office, order: Order) -> Assembled:
    from broadcast.workflow.assemble import preview_order  # noqa: PLC0415 - in the worker

    return preview_order(office.desk, order)
