"""The command line. A command is options, one call, one rendering and an exit status."""

from entrasim_kit.cli.main import main

__all__ = ["main"]
