"""What the directory refuses, in the words that Entra's portal would use.

DirectoryError
+-- NotFound            no such object
+-- AlreadyExists       the name is taken
+-- NotAllowed          the directory forbids it (license, kind of group, dynamic membership)
"""


class DirectoryError(Exception):
    """The directory refuses a change; the message says why and what to do."""


class NotFound(DirectoryError):
    """No such object."""


class AlreadyExists(DirectoryError):
    """The name is taken, or the relation is already there."""


class NotAllowed(DirectoryError):
    """The directory forbids the change."""
