"""Everything that ties the simulator to a user's world."""
