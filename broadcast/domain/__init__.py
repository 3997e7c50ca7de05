"""What a broadcast is: frozen data and pure functions, standard library only."""
