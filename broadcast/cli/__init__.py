"""Commands, thin: arguments in, workflow called, text out."""
