"""From speech samples to programme audio."""
