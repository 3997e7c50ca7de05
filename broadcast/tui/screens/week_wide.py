"""What reaches beyond one week: standing slots and columns by scope, months and years filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from broadcast.domain.periods import STRETCH_FORMS, Period, read_stretch
from broadcast.domain.scoped import Scope
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, FormDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.week_base import Change
from broadcast.tui.screens.week_work import WeekWork

if TYPE_CHECKING:
    from broadcast.domain.station import Slot
    from broadcast.domain.week import Airing
    from broadcast.tui.dialogs.form import Form, Values
    from broadcast.tui.dialogs.progress import Outcome
    from broadcast.tui.screens.scope_forms import PreviewOf
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.scoped_changes import Preview
    from broadcast.workflow.span_fill import SpanFill

_Edit = Literal["slot", "no-slot", "airing", "no-airing"]


class WeekWide(WeekWork):
    """The actions that change many weeks at once; each is one step to undo."""

    # Only this time, from this time on, all

    def action_scope(self) -> None:
        """Ask what of the slot or the airing under the cursor is to be other."""
        grid, view = self.grid, self.view
        if view is None or grid.table is None:
            return
        row, day = grid.table.rows[grid.row], grid.table.days[grid.column]
        airing = grid.shown.airing if grid.shown else None
        slot = row.slot if airing or row.stands_on(day) else None
        ways = _ways(slot, airing, view.title(airing) if airing else "")
        if not ways:
            self.say("Ô này không có khung giờ hay lượt phát nào để đổi")
            return
        dialog: AskDialog[_Edit] = AskDialog("Đổi nhiều lần phát một lúc: đổi gì?", "", ways)
        self.app.push_screen(dialog, lambda way: self._begin(way, slot, airing, day))

    def _begin(
        self, way: _Edit | None, slot: Slot | None, airing: Airing | None, day: date
    ) -> None:
        from broadcast.tui.screens import scope_forms as forms  # noqa: PLC0415 - first paint

        view, office = self.view, self.office
        if way is None or view is None:
            return
        station = view.station
        if way == "no-slot" and slot:
            self._ask_scope(f"Bỏ khung giờ «{slot.name}»", forms.slot_gone(office, slot.id, day))
        elif way == "no-airing" and airing:
            gone = forms.airing_gone(office, self.week_id, airing.id)
            self._ask_scope(f"Bỏ «{view.title(airing)}»", gone)
        elif way == "slot" and slot:
            form = forms.slot_form(station, slot)
            new = forms.slot_changed
            self._ask_values(form, lambda v: new(office, station, slot, day, form.asked, v))
        elif airing:
            form = forms.airing_form(station, airing, view.title(airing))
            changed = forms.airing_changed
            self._ask_values(form, lambda v: changed(office, self.week_id, airing, form.asked, v))

    def _ask_values(self, form: Form, preview_of: Callable[[Values], PreviewOf | None]) -> None:
        def filled(values: Values | None) -> None:
            wanted = preview_of(values) if values is not None else None
            if wanted is not None:
                self._ask_scope(form.heading, wanted)
            elif values is not None:
                self.say("Không có gì thay đổi")

        self.app.push_screen(form, filled)

    def _ask_scope(self, title: str, preview_of: PreviewOf) -> None:
        """Look at what each scope comes to, show that, and do the one that is taken."""
        from broadcast.tui.dialogs.scope import ScopeDialog  # noqa: PLC0415 - first paint
        from broadcast.tui.screens.scope_forms import previews  # noqa: PLC0415 - the same

        def seen(found: dict[Scope, Preview | BroadcastError]) -> None:
            self.say("")
            self.app.push_screen(ScopeDialog(title, found), self._apply)

        self.say("Đang xem những ngày bị đổi…")
        self.job(lambda: previews(preview_of), seen)

    def _apply(self, taken: Preview | BroadcastError | None) -> None:
        if taken is None or isinstance(taken, BroadcastError):
            return
        preview, office = taken, self.office
        undo = key_of("week.undo")
        self.change(
            Change(
                lambda session, _out: (office.wide.apply(preview), session.reload())[0],
                lambda done: f"Đã {preview.what}; {undo} lấy lại" if done else "Không có gì đổi",
            )
        )

    # Months, quarters, years

    def action_fill_span(self) -> None:
        """Ask which month, quarter or year is to be filled."""
        from broadcast.tui.dialogs.span import span_choices  # noqa: PLC0415 - first paint

        if self.view is None:
            return
        if not self.plans:
            self.say(f"Chưa có kế hoạch: {key_of('week.import_plan')} nhập kế hoạch trước")
            return
        told = "Cho xem trước, chưa ghi gì. Ngày đã qua và lượt phát đã có được để nguyên."
        choices = span_choices(self.week_id.days()[self.grid.column])
        self.app.push_screen(AskDialog("Xếp lịch cho cả", told, choices), self._span_chosen)

    def _span_chosen(self, name: str | None) -> None:
        if name:
            self._look_at_span(read_stretch(name, self.office.today()))
        elif name is not None:
            blank = Blank("span", "Những ngày", "", STRETCH_FORMS)
            form = FormDialog("Xếp lịch cho những ngày", [blank], self._check_span)
            self.app.push_screen(form, lambda v: self._span_chosen(v["span"]) if v else None)

    def _check_span(self, values: dict[str, str]) -> dict[str, str]:
        try:
            read_stretch(values["span"], self.office.today())
        except ValueError:
            return {"span": f"Viết như {STRETCH_FORMS}"}
        return {}

    def _look_at_span(self, span: Period) -> None:
        self._fill(span, save=False, then=lambda done: self._ask_save(span, done))

    def _fill(self, span: Period, *, save: bool, then: Callable[[SpanFill], None]) -> None:
        """Fill a span under a bar; stopping it changes nothing."""
        from broadcast.tui.dialogs.span import SpanProgress  # noqa: PLC0415 - first paint
        from broadcast.workflow.span_fill import Options, fill_span  # noqa: PLC0415 - the same

        office = self.office

        def ended(outcome: Outcome | None) -> None:
            done, error = outcome or (None, None)
            if error is not None:
                self._stopped(error)
            elif done is not None:
                then(cast("SpanFill", done))

        def work(progress: Progress) -> SpanFill:
            changes = office.wide.scoped if save else None
            options = Options(today=office.today(), save=save, changes=changes)
            return fill_span(office.desk, span, options, progress)

        self.app.push_screen(SpanProgress(f"Xếp lịch {span}", work), ended)

    def _stopped(self, error: BroadcastError) -> None:
        from broadcast.workflow.progress import CancelledError  # noqa: PLC0415 - first paint

        if isinstance(error, CancelledError):
            self.say("Đã dừng, chưa ghi gì")
        else:
            self.show_error(error)

    def _ask_save(self, span: Period, done: SpanFill) -> None:
        """Show what would come of it; writing it is asked for."""
        from broadcast.tui.dialogs.span import filled_text  # noqa: PLC0415 - first paint

        count = len(done.rota.added)
        ways = [Choice("no", "Không ghi")]
        if count:
            ways.insert(0, Choice("save", f"Ghi {count} lượt phát này"))
        dialog = LongAskDialog(f"Xếp lịch {span}: xem trước", filled_text(done), ways)
        self.app.push_screen(
            dialog,
            lambda way: self._fill(span, save=True, then=self._saved) if way == "save" else None,
        )

    def _saved(self, done: SpanFill) -> None:
        """Remember it for undo, and show the week as it is now."""
        from broadcast.workflow.span_words import headline  # noqa: PLC0415 - first paint

        told = f"{headline(done, saved=True)} {key_of('week.undo')} lấy lại"
        self.job(lambda: self.office.wide.keep(done), lambda _none: self._show_again(told))


def _ways(slot: Slot | None, airing: Airing | None, title: str) -> list[Choice[_Edit]]:
    ways: list[Choice[_Edit]] = []
    if slot:
        what = "đổi giờ, số phút, các thứ trong tuần, cụm loa, tiếng"
        ways.append(Choice("slot", f"Khung giờ «{slot.name}»: {what}"))
        ways.append(Choice("no-slot", f"Khung giờ «{slot.name}»: bỏ"))
    if airing:
        like = f"cùng chuyên mục «{slot.column}»" if slot and slot.column else "cùng nội dung"
        ways.append(Choice("airing", f"«{title}» và các lượt {like}: đổi khung giờ, phút, tên"))
        ways.append(Choice("no-airing", f"«{title}» và các lượt {like}: bỏ"))
    return ways
