"""An hour of programmes for the benchmarks: sixteen of about four minutes, no line twice."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import numpy as np

from broadcast.domain.week import Airing, Week, WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.setup import create_workspace

WEEK = WeekId(2027, 2)
_VILLAGES = (
    *("Bản Cọ", "Nà Pheo", "Suối Trong", "Đồi Chè", "Bản Mế", "Khe Ngang"),
    *("Thác Mơ", "Nà Lốc", "Ruộng Bậc", "Cầu Mây", "Bản Sẳng", "Đèo Gió"),
    *("Vườn Đào", "Nà Sáng", "Hang Dơi", "Bến Lau"),
)

_LINES = (
    "Kính thưa bà con thôn {village}, đây là bản tin số {number} của đài truyền thanh xã.",
    "Bản tin hôm nay có {few} phần, mời bà con ở {village} dành ít phút lắng nghe.",
    "Phần thứ nhất nói về cách nộp hồ sơ tại nhà, không phải xuống trung tâm xã {few} lần.",
    "Bà con {village} mở điện thoại, vào Cổng Dịch vụ công quốc gia và đăng nhập bằng tài khoản.",
    "Nếu chưa có tài khoản định danh, hãy đến công an xã trước {hour} giờ các ngày trong tuần.",
    "Khi đi nhớ mang theo thẻ căn cước và số điện thoại chính chủ, cả nhà ở {village} đi một thể.",
    "Hồ sơ nộp qua mạng được tiếp nhận cả ngày lẫn đêm, hôm qua có {number} hồ sơ như thế.",
    "Bà con giữ lại mã số ấy để tra xem hồ sơ của gia đình ở {village} đã đi đến bước nào.",
    "Người lớn tuổi chưa quen dùng máy thì nhờ tổ công nghệ số ở {village} giúp, không mất tiền.",
    "Tổ trực tại nhà văn hóa thôn từ {hour} giờ đến khi hết người cần giúp.",
    "Tuần qua tổ đã giúp được {number} lượt bà con, nhiều nhất là khai sinh và xác nhận cư trú.",
    "Phần thứ hai là lịch tiếp dân của Ủy ban nhân dân xã trong tháng này.",
    "Lãnh đạo xã tiếp bà con {village} sáng thứ Năm, bắt đầu lúc {hour} giờ tại phòng tiếp dân.",
    "Ai có ý kiến về thái độ phục vụ xin ghi vào phiếu, hòm phiếu đặt ở cửa số {few}.",
    "Mỗi phiếu đều được đọc và trả lời, trong tuần trước có {number} phiếu như vậy.",
    "Bà con cũng có thể gọi điện đến bộ phận một cửa, người trực sẽ ghi lại tên và thôn {village}.",
    "Phần thứ ba, xin nhắc việc đăng ký khai sinh cho các cháu mới sinh ở {village}.",
    "Bố mẹ đi làm xa thì ông bà ở {village} đi thay cũng được, chỉ cần đủ giấy tờ.",
    "Giấy tờ gồm giấy chứng sinh của cơ sở y tế và giấy tờ tùy thân của người đi làm thủ tục.",
    "Nếu thiếu giấy, cán bộ phải hướng dẫn một lần cho đủ, bà con không phải đi lại {few} lượt.",
    "Hẹn trả kết quả sau {few} ngày mà chưa xong thì xã phải xin lỗi và hẹn lại bằng văn bản.",
    "Phần thứ tư là chuyện giữ gìn tài khoản, gần đây ở {village} có người bị kẻ gian gọi điện.",
    "Kẻ gian tự xưng là cán bộ xã, đòi mã gồm {few} chữ số gửi về máy của bà con.",
    "Xin nhớ cho, không cán bộ nào hỏi mã ấy, ai hỏi thì bà con {village} tắt máy và báo công an.",
    "Cũng không cài ứng dụng lạ theo đường dẫn trong tin nhắn, dù tin nhắn gửi đến {number} lần.",
    "Cuối cùng là lời hẹn, {hour} giờ ngày mai đài sẽ phát lại bản tin này cho bà con {village}.",
    "Bà con nào nghe chưa rõ thì hỏi trưởng thôn, bản viết đã dán ở nhà văn hóa {village}.",
    "Mọi góp ý cho chương trình xin gửi về đài trước ngày {few} tháng sau để chúng tôi sửa.",
    "Chúc bà con thôn {village} vụ này được mùa, nhà nhà mạnh khỏe, việc giấy tờ nhẹ nhàng.",
    "Chương trình do cán bộ văn hóa xã thực hiện, thời lượng chừng {few} phút.",
    "Xin cảm ơn bà con {village} đã lắng nghe và hẹn gặp lại trong bản tin số {number} lần sau.",
)
"""Our own sentences, one programme's worth; {number} two digits, {few} one, {hour} before noon."""

_CALL = "Bà con {village} chú ý. "


def make_hour(folder: Path) -> Workspace:
    """A workspace whose week WEEK airs the programmes, none of them read yet."""
    workspace = create_workspace(folder, "xã Suối Hoa")
    airings = []
    for number in range(len(_VILLAGES)):
        script_id = f"ban-tin-{number + 1:02d}"
        path = workspace.script_path(script_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_script(script_id, number), encoding="utf-8")
        day = date.fromisocalendar(WEEK.year, WEEK.number, 1 + number % 6)
        start = (time(5, 30), time(11, 0), time(17, 0))[number // 6]
        zones = tuple(zone.id for zone in workspace.load_station().zones)
        airings.append(Airing(f"a{number + 1}", day, start, 15, zones, script=script_id))
    workspace.save_week(Week(WEEK, tuple(airings)), None)
    return workspace


def _script(script_id: str, number: int) -> str:
    words = {
        "village": _VILLAGES[number],
        "number": 21 + 6 * number,
        "few": 2 + number % 7,
        "hour": 7 + number % 4,
    }
    # Every line names its village: were lines alike, the cache would spare the render work.
    lines = [(x if "{village}" in x else _CALL + x).format(**words) for x in _LINES]
    spoken = [f"{'NAM' if n % 3 == 2 else 'NỮ'}: {line}" for n, line in enumerate(lines)]
    front = f"---\nid: {script_id}\ntitle: Bản tin thôn {_VILLAGES[number]}\n---\n"
    return front + "\n".join(["[nhạc hiệu]", *spoken, ""])


def make_one(folder: Path, minutes: int, recordings: int) -> Workspace:
    """A workspace with one programme of so many minutes of lines, and hour-long recordings."""
    workspace = create_workspace(folder, "xã Suối Hoa")
    lines: list[str] = ["[nhạc hiệu]"]
    for number in range(recordings):
        name = f"recordings/dai-{number}.wav"
        path = workspace.root / "scripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _hour_of_noise(path, number)
        lines.append(f"[ghi âm {name}]")
    lines += list(_many_lines(round(minutes * 8.2)))  # so many lines take a minute
    path = workspace.script_path("dai")
    path.parent.mkdir(parents=True, exist_ok=True)
    front = "---\nid: dai\ntitle: Chương trình dài\n---\n"
    path.write_text(front + "\n".join([*lines, ""]), encoding="utf-8")
    return workspace


def _many_lines(count: int) -> Iterator[str]:
    """Lines of which no two are the same."""
    for number in range(count):
        line = _LINES[number % len(_LINES)]
        village = _VILLAGES[number // len(_LINES) % len(_VILLAGES)]
        words = {"village": village, "number": 21 + number, "few": 2, "hour": 7}
        yield f"NỮ: Tin {number + 1}. {line.format(**words)}"


def _hour_of_noise(path: Path, seed: int) -> None:
    """An hour of something with syllables and pauses, written as it is made."""
    chance = np.random.default_rng(seed)
    rate, second = 22050, np.arange(22050)
    syllables = np.clip(np.sin(2 * np.pi * 3 * second / rate), 0, 1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        for _ in range(3600):
            sound = 3000 * chance.standard_normal(rate) * syllables
            file.writeframes(np.clip(sound, -32768, 32767).astype("<i2").tobytes())
