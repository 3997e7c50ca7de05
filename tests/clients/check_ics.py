"""What libical finds wrong in an .ics file: its parser's errors, then the RFC's restrictions.

python check_ics.py FILE prints nothing where all is well.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from pathlib import Path


def main(file: str) -> None:
    """Print how many errors libical has put in, and each of them."""
    library = ctypes.CDLL(ctypes.util.find_library("ical"))
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    for name in ("count_errors", "as_ical_string"):
        getattr(library, f"icalcomponent_{name}").argtypes = [ctypes.c_void_p]
    library.icalrestriction_check.argtypes = [ctypes.c_void_p]
    parsed = library.icalparser_parse_string(Path(file).read_bytes())
    if not parsed:
        print("no calendar")
        return
    fine = library.icalrestriction_check(parsed)
    count = library.icalcomponent_count_errors(parsed)
    if count or not fine:
        written = library.icalcomponent_as_ical_string(parsed).decode()
        told = [line for line in written.splitlines() if line.startswith("X-LIC-ERROR")]
        print(f"{count} errors, restrictions kept: {bool(fine)}", *told, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
