"""Reports: views of what a run came to."""
