"""Fixtures that the tests of the command line have too."""

from tests.kit.cli.conftest import scenario, tool

__all__ = ["scenario", "tool"]
