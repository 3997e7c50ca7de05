"""The files of a workspace: read, checked and written whole."""
