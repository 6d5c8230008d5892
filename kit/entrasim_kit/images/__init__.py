"""Container images: what an engine needs to build them, written from the running installation."""

from entrasim_kit.images.context import WHEELS_VARIABLE, write_context

__all__ = ["WHEELS_VARIABLE", "write_context"]
