"""The corrections of a plan: answers, joining, dividing, another kind, another text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.plan import Airable, Plan, Topic
from broadcast.domain.plan_edit import Entry, EntryKind, before, kind_of, waiting
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, FormDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.plan_base import Change, PlanBase
from broadcast.tui.widgets.plan_rows import shown_path
from broadcast.tui.widgets.plan_side import side_text
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcast.workflow.plan_session import PlanSession, Use

_KINDS: tuple[tuple[EntryKind, str, str], ...] = (
    ("leaf", "Nội dung", "một nội dung để phát, đứng riêng"),
    ("parent", "Mục cha", "chỉ mở đầu cho các nội dung bên dưới"),
    ("fragment", "Đoạn rời", "chưa rõ thuộc mục nào"),
    ("duty", "Nhiệm vụ", "việc của một đơn vị, không phải để phát"),
    ("channel", "Hình thức tuyên truyền", "loa, bảng tin, trang thông tin, hội nghị…"),
    ("passage", "Đoạn văn khác", "mục đích, căn cứ, kinh phí…; không phải để phát"),
)

_ELSEWHERE = -1
"""Instead of a place: she wants to see all of them."""

AROUND = 34
"""Characters shown on each side of a place where a text can be divided."""


class PlanEdits(PlanBase):
    """The actions that correct the plan."""

    # Answers

    def action_air(self) -> None:
        """The topic is for the air."""
        self._answer("yes")

    def action_keep_off(self) -> None:
        """The topic is not for the air."""
        self._answer("no")

    def action_turn(self) -> None:
        """The other answer; a topic that waits is for the air."""
        topic = self.topic
        if topic:
            self._set_airable(topic, "no" if topic.airable == "yes" else "yes")

    def _answer(self, airable: Airable) -> None:
        """Answer, and where the topic was waiting go on to the next that waits."""
        topic = self.topic
        if topic is None:
            return
        went_on = self.action_next_waiting if topic.airable == "ask" else lambda: None
        self._set_airable(topic, airable, lambda: went_on() if self._waits() else None)

    def _set_airable(
        self, topic: Topic, airable: Airable, then: Callable[[], None] = lambda: None
    ) -> None:
        told = "phát được" if airable == "yes" else "không phát"
        self.change(
            Change(
                lambda session: session.set_airable(topic, airable),
                lambda _none: f"{shown_path(topic)}: {told}{self._left()}",
                lambda _none: then(),
            )
        )

    def _waits(self) -> tuple[Topic, ...]:
        return waiting(self.plan) if self.plan else ()

    def _left(self) -> str:
        """How many still wait, for the end of a line."""
        count = len(self._waits())
        return f" · còn {count} mục chờ" if count else " · không còn mục nào chờ"

    def action_next_waiting(self) -> None:
        """Go to the next topic that waits for an answer, around the end to the first."""
        found = self._next_waiting()
        if found:
            self.go_to(found)
        elif self.plan:
            self.say("Không còn mục nào chờ trả lời")

    def _next_waiting(self, *, here_too: bool = False) -> Topic | None:
        """The first that waits after the cursor (`here_too`: or under it)."""
        plan, entry = self.plan, self.entry
        if plan is None:
            return None
        topics = list(plan.topics)
        at = topics.index(entry) + (not here_too) if isinstance(entry, Topic) else 0
        turned = [*topics[at:], *topics[:at]]
        return next((topic for topic in turned if topic.airable == "ask"), None)

    def go_to(self, entry: Entry) -> None:
        """Put the cursor on an entry, wherever it is."""
        self.least = self.least and entry in [line.of for line in self.view.lines]
        self.show(entry)

    def action_confirm(self) -> None:
        """Ask about the topics that wait, one after the other."""
        found = self._next_waiting(here_too=True)
        if found is None:
            if self.plan:
                self.say("Không còn mục nào chờ trả lời")
            return
        self.go_to(found)
        plan = self.plan
        assert plan is not None  # noqa: S101 - found in it
        title = f"Có phát nội dung này không? (còn {len(self._waits())} mục chờ)"
        ways = [Choice("yes", "Phát được"), Choice("no", "Không phát")]
        if (first := _before(plan, found)) is not None:
            told = f"Gộp vào mục trước: {shorten(f'{shown_path(first)} {first.text}', 44)}"
            join = Choice("join", told)
            ways = [join, *ways] if found.kind == "fragment" else [*ways, join]
        ways += [Choice("kind", "Đổi loại…"), Choice("later", "Để sau, hỏi mục kế tiếp")]
        dialog = LongAskDialog(title, side_text(plan, found, self.counts), ways)
        self.app.push_screen(dialog, lambda way: self._confirmed(found, way))

    def _confirmed(self, topic: Topic, way: str | None) -> None:
        if way in {"yes", "no"}:
            self._set_airable(topic, "yes" if way == "yes" else "no", self._ask_next)
        elif way == "join":
            self._merge(topic, self._ask_next)
        elif way == "kind":
            self.action_retype()
        elif way == "later":
            following = self._next_waiting()
            if following and following != topic:
                self.go_to(following)
                self.action_confirm()

    def _ask_next(self) -> None:
        if self._waits():
            self.action_confirm()

    # Joining and dividing

    def action_merge(self) -> None:
        """Join the topic to the one before it."""
        topic = self.topic
        if topic:
            self._merge(topic)

    def _merge(self, topic: Topic, then: Callable[[], None] = lambda: None) -> None:
        self.change(
            Change(
                lambda session: session.merge_up(topic),
                lambda joined: f"Đã gộp {shown_path(topic)} vào {shown_path(joined)}{self._left()}",
                lambda _joined: then(),
            )
        )

    def action_split(self) -> None:
        """Choose a place in the topic's text, and divide it there."""
        topic = self.topic
        if topic:
            self._ask_place(topic, every=False)

    def _ask_place(self, topic: Topic, *, every: bool) -> None:
        from broadcast.workflow.splitting import split_places  # noqa: PLC0415 - first paint

        choices = [
            Choice(at, f"{_tail(topic.text[:at])} │ {_head(topic.text[at:])}")
            for at in split_places(topic.text, every=every)
        ]
        if not every:
            choices.append(Choice(_ELSEWHERE, "Chỗ khác: giữa hai chữ bất kỳ…"))
        text = Text("Phần sau dấu │ thành một mục mới, đứng ngay sau mục này.")
        dialog = AskDialog(f"Tách {shown_path(topic)} ở chỗ nào?", text, choices)

        def answered(at: int | None) -> None:
            if at == _ELSEWHERE:
                self._ask_place(topic, every=True)
            elif at is not None:
                self.change(
                    Change(
                        lambda session: session.split(topic, at),
                        lambda second: f"Đã tách; phần sau là {second.path}{self._left()}",
                    )
                )

        self.app.push_screen(dialog, answered)

    # Another text, another kind

    def action_edit(self) -> None:
        """Correct the text of the entry."""
        from broadcast.tui.dialogs.text import TextDialog  # noqa: PLC0415 - first paint

        entry = self.entry
        if entry is None:
            self.say("Chọn một mục trước")
            return
        name = shown_path(entry) if isinstance(entry, Topic) else "đoạn này"

        def answered(text: str | None) -> None:
            if text is not None:
                self.change(
                    Change(
                        lambda session: session.set_text(entry, text),
                        lambda _none: f"Đã sửa chữ của {name}",
                    )
                )

        self.app.push_screen(TextDialog(f"Sửa chữ của {name}", entry.text), answered)

    def action_retype(self) -> None:
        """Choose what the entry is taken for."""
        entry = self.entry
        if entry is None:
            self.say("Chọn một mục trước")
            return
        here = kind_of(entry)
        choices = [
            Choice(kind, f"{name}{' (đang là)' if kind == here else ''}", told)
            for kind, name, told in _KINDS
        ]
        text = Text(shorten(entry.text, 150))
        dialog: AskDialog[EntryKind] = AskDialog("Đây là gì?", text, choices)
        self.app.push_screen(dialog, lambda kind: self._as_kind(entry, kind))

    def _as_kind(self, entry: Entry, kind: EntryKind | None) -> None:
        """Go on to the unit of a duty, and to who would lose a topic."""
        session = self.session
        if session is None or kind is None or kind == kind_of(entry):
            return
        if kind == "duty":
            unit = entry.fields.get("lead", "") if isinstance(entry, Topic) else ""
            form = FormDialog(
                "Nhiệm vụ của đơn vị nào?",
                [Blank("unit", "Đơn vị", unit, "Phòng Văn hóa - Xã hội")],
                lambda v: {} if v["unit"] else {"unit": "Ghi tên đơn vị có nhiệm vụ này"},
            )
            self.app.push_screen(
                form, lambda v: self._ask_uses(session, entry, kind, v["unit"]) if v else None
            )
        else:
            self._ask_uses(session, entry, kind)

    def _ask_uses(
        self, session: PlanSession, entry: Entry, kind: EntryKind, unit: str = ""
    ) -> None:

        def told(uses: tuple[Use, ...]) -> None:
            if not uses:
                self._retype(entry, kind, unit)
                return
            text = Text("Mục này đang được dùng:\n")
            text.append("".join(f"  • {use}\n" for use in uses), "bold")
            text.append(
                "Đổi thì lịch và kịch bản ấy vẫn còn nguyên, kịch bản đã soạn vẫn phát. Lượt phát "
                f"chưa có kịch bản sẽ được báo ở màn hình Tuần ({key_of('week.check')}) để chọn "
                "nội dung khác."
            )
            ways = [Choice(False, "Thôi, giữ như cũ"), Choice(True, "Vẫn đổi")]
            self.app.push_screen(
                AskDialog("Tuần và kịch bản đang dùng mục này", text, ways),
                lambda yes: self._retype(entry, kind, unit) if yes else None,
            )

        self.job(lambda: session.uses_lost_by(entry, kind), told)

    def _retype(self, entry: Entry, kind: EntryKind, unit: str) -> None:
        name = next(name for one, name, _ in _KINDS if one == kind).lower()
        self.change(
            Change(
                lambda session: session.retype(entry, kind, unit),
                lambda _entry: f"Đã đổi thành {name}{self._left()}",
            )
        )

    # Undo, redo, files

    def action_undo(self) -> None:
        """Take back the last correction."""
        self._back_or_forth("undo")

    def action_redo(self) -> None:
        """Make again what was taken back last."""
        self._back_or_forth("redo")

    def _back_or_forth(self, way: str) -> None:
        session = self.session
        if session is None:
            return
        label = session.undo_label if way == "undo" else session.redo_label
        if not label:
            self.say("Chưa có gì để hoàn tác" if way == "undo" else "Không có gì để làm lại")
            return
        told = "Đã hoàn tác" if way == "undo" else "Đã làm lại"
        self.change(
            Change(
                lambda session: session.undo() if way == "undo" else session.redo(),
                lambda what: f"{told}: {what}",
            )
        )

    def action_save(self) -> None:
        """Everything is saved already; say so."""
        if self.session:
            self.say("Mọi chỗ sửa đã được lưu ngay")

    def action_reload(self) -> None:
        """Read the file again."""
        self.reload()


def _before(plan: Plan, topic: Topic) -> Topic | None:
    """The topic it can be joined to, if there is one."""
    try:
        return before(plan, topic)
    except BroadcastError:
        return None


def _tail(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= AROUND else f"…{text[-AROUND:].split(' ', 1)[-1]}"


def _head(text: str) -> str:
    return shorten(text.lstrip(), AROUND)
