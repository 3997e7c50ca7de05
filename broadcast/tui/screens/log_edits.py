"""Entering into the log by keys: the day as planned, its exceptions, taking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import OptionList

from broadcast.domain.log import REASONS, Outcome, Reason, completed, wrong_with
from broadcast.domain.wording import clock, day_label
from broadcast.errors import InputError, Problem
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, ChooseDialog, FormDialog
from broadcast.tui.dialogs.form import Asked, Chosen, Form, Ticked, Typed
from broadcast.tui.hints import in_keys, key_of
from broadcast.tui.screens.log_base import LogBase
from broadcast.tui.widgets.log_lines import Line, airing_text

if TYPE_CHECKING:
    from broadcast.workflow.airing_log import Checked, Entered, Told
    from broadcast.workflow.log_session import LogSession

Enter = Callable[["LogSession"], Any]

_TITLES: dict[Outcome, str] = {
    "muộn": "Phát muộn", "bị cắt ngắn": "Bị cắt ngắn", "không phát": "Không phát",
}  # fmt: skip


class LogEdits(LogBase):
    """The actions that write into the log."""

    reason: Reason = REASONS[0]
    """Why it was the last time: a storm takes more than one airing."""

    # Who enters

    def enter(self, work: Enter, told: Callable[[Any], str]) -> None:
        """Do something with the session once it is known who enters; then say what was done."""
        if self.day is None:
            return
        if not (self.day.by or self._known_writer()):
            self._ask_writer(lambda: self.enter(work, told))
            return
        by = self.day.by

        def done() -> Any:
            session = self.session
            session.by = session.by or by
            return work(session)

        def finished(result: Any) -> None:
            self.open_day(self.wanted, lambda: self.say(told(result)))

        self.job(done, finished)

    def _known_writer(self) -> str:
        return self._session.by if self._session else ""

    def action_writer(self) -> None:
        """Name who enters from now on."""
        self._ask_writer(lambda: self.say(f"Người ghi: {self._known_writer()}"))

    def _ask_writer(self, then: Callable[[], None]) -> None:
        known = self._known_writer() or (self.day.by if self.day else "")
        blank = Blank("by", "Họ và tên người ghi", known, "Lò Thị Thử")

        def check(values: dict[str, str]) -> dict[str, str]:
            return {} if values["by"] else {"by": "Ghi họ và tên"}

        def named(values: dict[str, str] | None) -> None:
            if values:
                self.job(lambda: setattr(self.session, "by", values["by"]), lambda _none: then())

        self.app.push_screen(FormDialog("Ai ghi nhật ký?", [blank], check), named)

    # A day, a line

    def action_as_planned(self) -> None:
        """Everything of the day that is not logged aired as planned."""
        if self.wanted is None or self.day is None:
            return
        day, now = self.wanted, self.office.now()
        if not self.day.rows:
            self.say("Ngày này không có lượt phát nào để ghi")
            return
        self.enter(lambda session: session.log_day(day, now), _entered_text)

    def _line(self) -> Line | None:
        """The line under the cursor, if something can be said of it; else it says why not."""
        line = self.here
        if line is None:
            self.say("Chưa chọn lượt phát nào")
        elif line.row.airing.starts > self.office.now():
            self.say("Lượt này chưa đến giờ phát: ghi sau khi đã phát")
        else:
            return line
        return None

    def action_planned(self) -> None:
        """The line aired as planned."""
        line = self._line()
        if line is None:
            return
        logged = line.row.line.entry if line.row.line else None
        told = {one.outcome for zone in line.zones if logged and (one := logged.in_zone(zone))}
        if told == {"như kế hoạch"}:
            self.say("Dòng này đã ghi như kế hoạch")
        else:
            self._tell(line, "như kế hoạch", {"zones": line.zones})

    def action_late(self) -> None:
        """The line aired late."""
        self._ask("muộn")

    def action_cut(self) -> None:
        """The line was cut short."""
        self._ask("bị cắt ngắn")

    def action_missed(self) -> None:
        """The line did not air."""
        self._ask("không phát")

    def _ask(self, outcome: Outcome) -> None:
        line, day = self._line(), self.day
        if line is None or day is None:
            return
        airing = line.row.airing
        asked: list[Asked] = []
        if outcome == "muộn":
            asked.append(Typed("late", "Muộn mấy phút", "", _whole, "10"))
        if outcome != "không phát":
            heard = str(airing.minutes) if outcome == "muộn" else ""
            label = f"Nghe được mấy phút (của {airing.minutes})"
            asked.append(Typed("minutes", label, heard, _whole, "5"))
        asked += [
            Chosen("reason", "Vì sao", self.reason, [(one, one) for one in REASONS]),
            Typed("note", "Ghi chú", "", str.strip, "lý do khác thì ghi rõ"),
        ]
        if len(airing.zones) > 1:
            zones = [
                (one, zone.name if (zone := day.station.zone(one)) else one) for one in airing.zones
            ]
            none = "Chọn ít nhất một cụm loa"
            asked.append(Ticked("zones", "Cụm loa", line.zones, zones, none))
        title = f"{_TITLES[outcome]}: {clock(airing.start)} {airing.title}"
        form = Form(title, asked, lambda values: _check(_told(line, outcome, values), line))
        self.app.push_screen(form, lambda got: self._tell(line, outcome, got) if got else None)

    def _tell(self, line: Line, outcome: Outcome, values: dict[str, Any]) -> None:
        self.reason = values.get("reason", self.reason)
        told, now = _told(line, outcome, values), self.office.now()
        day = line.row.airing.day
        self.enter(
            lambda session: session.tell(outcome, day, [told], now),
            lambda done: _told_text(outcome, done),
        )

    @on(OptionList.OptionSelected, "#log-lines")
    def action_open(self) -> None:
        """What can be done with the line, below all that is logged of it."""
        line, day = self._line(), self.day
        if line is None or day is None:
            return
        ways = ["planned", "late", "cut", "missed", *(["take_back"] if line.row.line else [])]
        names = {
            "planned": "Phát như kế hoạch", "late": "Phát muộn", "cut": "Bị cắt ngắn",
            "missed": "Không phát", "take_back": "Bỏ lời ghi cuối",
        }  # fmt: skip
        zone = day.station.zone(line.zone) if line.zone else None
        where = zone.name if zone else "mọi cụm loa"
        choices = [Choice(way, f"{names[way]} ({key_of(f'log.{way}')})") for way in ways]
        text = airing_text(line, day.station, self.office.now())
        self.app.push_screen(
            AskDialog(f"Lượt này ở {where}", text, choices),
            lambda way: getattr(self, f"action_{way}")() if way else None,
        )

    # Back and forth

    def action_take_back(self) -> None:
        """Take the last entry about the airing back."""
        line = self._line()
        if line is None:
            return
        if line.row.line is None:
            self.say("Lượt này chưa được ghi, không có gì để bỏ")
            return
        airing, now = line.row.airing, self.office.now()
        self.enter(
            lambda session: session.take_back(airing.day, airing.id, now),
            lambda _done: f"Đã bỏ lời ghi cuối · {key_of('log.undo')} lấy lại",
        )

    def action_undo(self) -> None:
        """Take the last step back."""
        now = self.office.now()
        self.enter(
            lambda session: session.undo(now),
            lambda label: f"Đã lấy lại như trước: {label}" if label else "Không có gì để hoàn tác",
        )

    def action_redo(self) -> None:
        """Do again what was undone."""
        now = self.office.now()
        self.enter(
            lambda session: session.redo(now),
            lambda label: f"Đã làm lại: {label}" if label else "Không có gì để làm lại",
        )

    # The whole log

    def action_problems(self) -> None:
        """List what is wrong with the log and what is missing in it; taking one goes there."""
        from broadcast.workflow.airing_log import check_log  # noqa: PLC0415 - after first paint

        now = self.office.now()
        self.job(lambda: check_log(self.office.desk, now), self._show_checked)

    def _show_checked(self, checked: Checked) -> None:
        if not checked.found:
            self.say(f"Nhật ký có {checked.lines} dòng, không có điểm nào cần xem")
            return
        choices: list[Choice[date]] = [
            Choice(self.wanted or self.office.today(), f"! {_mended(one)}")
            for one in checked.problems
        ]
        choices += [
            Choice(row.airing.day, f"? {day_label(row.airing.day)} {clock(row.airing.start)} "
                   f"chưa ghi: {row.airing.title or row.airing.id}")
            for row in checked.unlogged
        ]  # fmt: skip
        title = f"Nhật ký: {len(choices)} điểm cần xem trong {checked.lines} dòng"
        self.app.push_screen(
            ChooseDialog(title, choices, "Tìm"), lambda day: self.open_day(day) if day else None
        )


def _mended(problem: Problem) -> str:
    return in_keys(str(problem))


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError("ghi số phút, ví dụ 10")
    return int(text)


def _told(line: Line, outcome: Outcome, values: dict[str, Any]) -> Told:
    from broadcast.workflow.airing_log import Told  # noqa: PLC0415 - after first paint

    return Told(
        line.row.airing.id,
        outcome,
        values.get("minutes"),
        values.get("late", 0),
        values.get("reason"),
        values.get("note", ""),
        values.get("zones", line.row.airing.zones),
    )


def _check(told: Told, line: Line) -> None:
    """Whether that can be of the airing, as the log itself asks.

    Raises:
        InputError: it cannot, and why.
    """
    airing = line.row.airing
    wrong = wrong_with(airing, completed(airing, [told.of(airing)]))
    if wrong:
        raise InputError("Chưa ghi được", wrong[0])


def _entered_text(entered: Entered) -> str:
    """What was written of a day, in a line."""
    told = [f"Đã ghi {len(entered.lines)} lượt như kế hoạch"] if entered.lines else []
    if entered.already:
        told.append(f"{len(entered.already)} lượt đã ghi từ trước")
    if entered.waiting:
        told.append(f"{len(entered.waiting)} lượt chưa phát xong")
    if entered.lines:
        told.append(f"{key_of('log.undo')} lấy lại")
    return _with_damage("; ".join(told), entered)


def _told_text(outcome: Outcome, entered: Entered) -> str:
    return _with_damage(f"Đã ghi: {outcome} · {key_of('log.undo')} lấy lại", entered)


def _with_damage(told: str, entered: Entered) -> str:
    """Damage that was found while writing is told first."""
    return f"! {entered.problems[0]} · {told}" if entered.problems else told
