"""What the server serves: schemas, resource types, and the meaning of an attribute's name."""
