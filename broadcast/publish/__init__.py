"""From programmes to calendars, playlists and paper."""
