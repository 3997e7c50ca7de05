"""The dialogs of the terminal UI."""
