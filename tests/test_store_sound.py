"""Sound levels of the station's file: only those that programmes can be made with."""

from __future__ import annotations

import pytest

from broadcast.errors import InputError
from broadcast.store.records import decode_station

HEAD = "id: dai\nname: Đài\ncommune: xã Thử\nsound:\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("loudness: 0", "từ -30 đến -9 LUFS"),
        ("loudness: -40.5", "từ -30 đến -9 LUFS"),
        ("true_peak: 3", "từ -9 đến 0 dBTP"),
        ("bitrate: 320", "chọn một trong: 32, 40, 48"),
        ("bitrate: 0", "chọn một trong: 32, 40, 48"),
        ("loudness: .inf", "cần số"),
        ("loudness: to", "cần số"),
    ],
)
def test_levels_nothing_can_be_made_with_are_told_once_by_line(line: str, why: str) -> None:
    with pytest.raises(InputError) as told:
        decode_station(f"{HEAD}  {line}\n", "station.yaml")
    (problem,) = (one for one in told.value.problems if one.line == 5)
    assert why in str(problem)


def test_levels_within_the_limits_and_the_profiles_own_are_read() -> None:
    sounds = [
        decode_station(f"{HEAD}  {{{one}}}\n", "station.yaml").sound
        for one in ("loudness: -16.5, true_peak: -2, bitrate: 48", "loudness: null")
    ]
    told = [(one.loudness, one.true_peak, one.bitrate) for one in sounds]
    assert told == [(-16.5, -2.0, 48), (None, -1.0, 64)]
