"""What the program costs. `python -m tests.benchmarks [NAME...]` runs them, one table each."""
