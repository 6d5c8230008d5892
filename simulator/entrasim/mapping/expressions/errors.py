"""What can be wrong with an expression, its tree, or its evaluation.

ValueError
+-- ExpressionError     the text is no expression; tells the place
+-- TreeError           the JSON is no tree of Graph's
Exception
+-- EvaluationError     the expression fails on one object; tells the function
"""

from typing import Final, Self

_WINDOW: Final = 100
"""How many characters of a long line are quoted."""


class ExpressionError(ValueError):
    """The text is no expression of the language.

    `str()` is the message, the line of the expression that it is about, a caret under the place,
    and the hint.

    Args:
        message: What is wrong, or what was hoped for.
        expression: The whole text.
        start: Where the place begins in `expression`.
        end: Where it ends; a place is shown at least one character wide.
        hint: What to write instead.
    """

    def __init__(
        self, message: str, *, expression: str, start: int, end: int, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expression = expression
        self.start = start
        self.end = end
        self.hint = hint

    def __str__(self) -> str:
        lines = [self.message, *_quoted(self.expression, self.start, self.end)]
        return "\n".join(lines if self.hint is None else [*lines, self.hint])


class TreeError(ValueError):
    """The JSON is no expression tree; the message names the node."""


class EvaluationError(Exception):
    """The expression fails on one object. The cycle goes on; the object's log entry tells.

    Microsoft publishes no codes for this; the default one is ours.

    Args:
        message: The reason.
        code: The error code of the log entry.
        function: The function that fails, by Entra's name.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "ExpressionEvaluationFailed",
        function: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.function = function

    def inside(self, function: str) -> Self:
        """The same failure, with the name of the innermost function that it happened in."""
        if self.function is None:
            self.function = function
        return self

    def __str__(self) -> str:
        return self.message if self.function is None else f"{self.function}: {self.message}"


def _quoted(expression: str, start: int, end: int) -> tuple[str, str]:
    """The line around `start`, and carets from `start` to `end` or the end of that line."""
    first = expression.rfind("\n", 0, start) + 1
    last = expression.find("\n", start)
    last = len(expression) if last < 0 else last
    before, after = "", ""
    if last - first > _WINDOW:
        window = max(first, min(start - _WINDOW // 2, last - _WINDOW))
        before, after = "..." * (window > first), "..." * (window + _WINDOW < last)
        first, last = window, min(last, window + _WINDOW)
    line = "".join(each if each.isprintable() else " " for each in expression[first:last])
    carets = max(1, min(end, last) - start)
    return f"    {before}{line}{after}", f"    {' ' * (len(before) + start - first)}{'^' * carets}"
