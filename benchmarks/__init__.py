"""What the program is held to, each figure beside its floor measured in the same run: `uv run python -m benchmarks`."""
