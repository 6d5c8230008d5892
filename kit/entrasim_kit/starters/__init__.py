"""Files that `entrasim init` writes."""
