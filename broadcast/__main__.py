"""`python -m broadcast`."""

from broadcast.cli.main import run

run()
