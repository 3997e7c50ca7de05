"""Run by a Python that has viet-asr: WAV files named on stdin -> their texts as JSON on stdout.

It stands by itself: that Python need not have this project's packages.
"""

from __future__ import annotations

import json
import sys

import vietasr


def main() -> None:
    """One text a file, in order."""
    heard = vietasr.Pipeline.new().add("vietasr").build()
    texts = [heard.transcribe(path).text for path in sys.stdin.read().splitlines()]
    print(json.dumps(texts))


if __name__ == "__main__":
    main()
