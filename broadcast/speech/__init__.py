"""From text to speech samples."""
