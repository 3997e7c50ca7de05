"""Plan, script, read aloud and hand out a commune's loudspeaker broadcasts."""

__version__ = "0.1.0"
