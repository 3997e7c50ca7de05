"""The lines of the station's settings: what each stands for, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from broadcast.domain.letterhead import letterhead
from broadcast.domain.rulebook import LABELS, stated
from broadcast.domain.station import Rules, Station
from broadcast.domain.station_edit import value_of
from broadcast.domain.station_fields import about_slot, about_zone, value_text
from broadcast.domain.station_words import ONLINE_TOLD, PROFILES, RECORDINGS
from broadcast.domain.wording import clock
from broadcast.tui.themes import NAMES
from broadcast.vietnamese.characters import shorten

LABEL = 26
"""Cells of a line's label."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line: which `part` of the station it is (a heading is none), which one of it, its texts."""

    part: str
    name: str
    label: str
    value: str = ""

    @property
    def id(self) -> str:
        """What the line is found again by."""
        return f"{self.part} {self.name}"

    def prompt(self) -> Text:
        """The line in the list."""
        if not self.part:
            return Text(self.label)
        return Text.assemble(f"{shorten(self.label, LABEL):<{LABEL}} ", (self.value, "dim"))


def rows(station: Station, theme: str, keys_changed: int) -> list[Row]:
    """Every line, in the order of the file."""
    voices, rules, sound = station.voices, station.rules, station.sound
    place = ", ".join(filter(None, (station.commune, station.province)))
    women, men = voices.women or "sẵn có", voices.men or "sẵn có"
    hours = f"{clock(rules.earliest)} – {clock(rules.latest)}"
    told = f"{hours} · nhiều nhất {rules.max_minutes_per_day} phút một ngày"
    return [
        Row("", "", "Đài"),
        Row("name", "", "Tên, xã, tỉnh", f"{station.name} · {place}"),
        *_zones(station),
        *_slots(station),
        Row("", "", "Giọng đọc và âm thanh"),
        Row("engine", "", "Bộ đọc", voices.engine),
        Row("voices", "", "Giọng, tốc độ",
            f"nữ {women} · nam {men} · {voices.rate} âm tiết/phút · miền {voices.region}"),
        Row("online", "", "Gửi lời tới Google", ONLINE_TOLD[voices.online]),
        Row("sound", "", "Âm thanh",
            f"{PROFILES[sound.profile]} · {value_text(sound.target)} LUFS · đỉnh "
            f"{value_text(sound.true_peak)} dBTP · MP3 {sound.bitrate} kbit/s"),
        Row("", "", "Quy định của đài"),
        Row("rules", "", "Giờ phát, số phút, lặp lại",
            f"{told} · lặp lại sau {rules.repeat_after_days} ngày"),
        Row("limits", "", "Giới hạn thêm", _limits(station)),
        Row("profile", "", "Bộ quy định của nơi", rules.profile or "không dùng"),
        Row("in_force", "", "Đang áp dụng, lấy từ đâu", "Enter xem từng quy định với nguồn"),
        Row("holidays", "", "Ngày lễ, Tết", f"Tết {station.holidays.tet} · ngày lễ khác "
            f"{station.holidays.other}"),
        Row("calendar", "", "Tệp lịch xuất ra", _calendar(station)),
        Row("web", "", "Trang, lịch trên mạng", _web(station)),
        Row("recordings", "", "Nơi nói tiếng khác", RECORDINGS[station.recordings]),
        Row("paper", "", "Văn bản in ra để ký", _signed_by(station)),
        *_details(station),
        Row("", "", "Màn hình"),
        Row("theme", "", "Màu", NAMES.get(theme, theme)),
        Row("keys", "", "Phím", f"đã đổi {keys_changed} việc" if keys_changed else "như lúc cài"),
    ]  # fmt: skip


def _limits(station: Station) -> str:
    """What of the rules that may be left open is not."""
    rules, plain = station.rules, Rules()
    keys = [key for key in stated(rules) if getattr(plain, key) in {None, ()}]
    told = [f"{LABELS[key]} {value_text(getattr(rules, key))}" for key in keys]
    return " · ".join(told) or "không có"


def _web(station: Station) -> str:
    told = station.calendar
    return " · ".join(filter(None, (told.address, told.caldav))) or "chưa có"


def _calendar(station: Station) -> str:
    lunar = "ghi ngày âm" if station.calendar.lunar else "không ghi ngày âm"
    due = "nhắc việc đến hạn" if station.calendar.reminders else "không nhắc việc đến hạn"
    return f"{lunar} · {due}"


def _signed_by(station: Station) -> str:
    head = letterhead(station)
    return f"{head.signs[-1]} · {head.signer or 'họ tên để trống'} · {head.place}, ngày…"


def _zones(station: Station) -> Iterator[Row]:
    yield Row("", "", f"Cụm loa ({len(station.zones)})")
    for zone in station.zones:
        yield Row("zone", zone.id, zone.name, about_zone(zone))
    if not station.zones:
        yield Row("zone", "", "(chưa có)", "Enter để thêm cụm loa đầu tiên")


def _slots(station: Station) -> Iterator[Row]:
    yield Row("", "", f"Khung giờ ({len(station.slots)})")
    for slot in station.slots:
        yield Row("slot", slot.id, slot.name, about_slot(station, slot))
    if not station.slots:
        yield Row("slot", "", "(chưa có)", "Enter để thêm khung giờ đầu tiên")


def _details(station: Station) -> Iterator[Row]:
    yield Row("", "", "Thông tin địa phương, điền vào chỗ {…} của bài soạn sẵn")
    for name, value in station.details.items():
        yield Row("detail", name, name, value)
    if not station.details:
        yield Row("detail", "", "(chưa có)", "Enter để thêm, ví dụ: số điện thoại")


ABOUT = {
    "name": "Tên đài đọc ở lời chào; tên xã, tỉnh in trên lịch và báo cáo.",
    "zone": "Cụm loa: những loa luôn phát cùng một nội dung. Nơi không có mạng thì chép USB.",
    "slot": "Khung giờ: giờ phát cố định trong tuần, dài mấy phút, cho cụm loa nào.",
    "engine": "Bộ đọc: phần mềm đọc chữ thành tiếng. espeak đọc được khi không có mạng.",
    "voices": "Loa ngoài trời bị vang nên đọc chậm: 180 đến 200 âm tiết một phút là vừa. F9 nghe.",
    "online": "Giọng Google đọc trên máy của Google: lời phải được gửi qua mạng tới đó. hỏi: lần "
    "tới cần thì hỏi; không: không bao giờ; đã duyệt: chỉ bài đã duyệt; cả nháp: mọi bài.",
    "sound": "Độ to, mức đỉnh và chất lượng tệp MP3. Không rõ thì để nguyên.",
    "rules": "Giới hạn do đài tự đặt; nếu tỉnh, xã có quy chế thì ghi theo quy chế.",
    "limits": "Giờ yên tĩnh, ngày không phát, số lượt một ngày, phát lại cách mấy giờ, lượt tối "
    "thiểu một tuần. Mục để trống là không giới hạn.",
    "profile": "Quy định đã biết của một tỉnh, thành phố, có văn bản và năm; đài ghi khác thì theo "
    "đài.",
    "in_force": "Mọi quy định đang áp dụng: của đài, của nơi, của kế hoạch, hay mức mặc định.",
    "holidays": "nghỉ: để trống; riêng: phát chương trình riêng; thường: như mọi ngày. Ngày riêng "
    "của đài (hội bản, ngày sửa máy) ghi ở mục days của station.yaml.",
    "calendar": "Tệp .ics: có ghi ngày âm, có nhắc thời hạn, báo cáo của kế hoạch hay không.",
    "web": "Địa chỉ trang lịch phát của đài, nơi bà con mở và lịch dẫn tới tệp nghe; lịch trên máy "
    "chủ CalDAV mà màn hình Xuất bản gửi lên. Để trống là không có.",
    "recordings": "Cụm loa nói tiếng khác nghe bản ghi âm tiếng ấy sau hay thay bản tiếng Việt.",
    "paper": "Ai ký các văn bản in ra, và địa danh trước ngày tháng (để trống thì lấy tên xã).",
    "detail": "Số liệu của xã điền vào bài soạn sẵn; mục nào chưa chắc thì bỏ.",
    "theme": "Màu của màn hình: tối, sáng, tương phản cao.",
    "keys": "Đổi phím của từng việc; trợ giúp và dòng cuối màn hình đổi theo.",
}
"""What each part is, for the panel beside the list."""


def value_for(station: Station, key: str) -> str:
    """The text of a single value, as it is typed."""
    return value_text(value_of(station, key))
