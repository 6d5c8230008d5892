"""Numbers and bytes: BitAnd, CStr, ConvertToBase64, ConvertToUTF8Hex."""

from base64 import b64encode

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import as_text
from entrasim.mapping.expressions.values import Value


def bit_and(value1: int, value2: int) -> int:
    """The bits that are set in both numbers.

    Numbers have 64 bits. A null number gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#bitand

    >>> BitAnd(&HF, &HF7)
    7
    >>> [userAccountControl] = "514"
    >>> BitAnd([userAccountControl], 2)
    2
    """
    return value1 & value2


def c_str(value: Value) -> str | None:
    """The text of a number, a reference or a Boolean. Null stays null; several values fail.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cstr

    >>> CStr(&HFF)
    255
    >>> CStr(1 = 1)
    True
    """
    return None if value is None else as_text("value", value)


def convert_to_base64(source: str) -> str:
    """The Base64 text of the source in UTF-16, low byte first, without a byte order mark.

    A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#converttobase64

    >>> ConvertToBase64("Ana")
    QQBuAGEA
    """
    return b64encode(_encoded(source, "utf-16-le")).decode("ascii")


def convert_to_utf8_hex(source: str) -> str:
    """The UTF-8 bytes of the source as hexadecimal digits in upper case.

    A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#converttoutf8hex

    >>> ConvertToUTF8Hex("Zoë")
    5A6FC3AB
    """
    return _encoded(source, "utf-8").hex().upper()


def _encoded(source: str, encoding: str) -> bytes:
    try:
        return source.encode(encoding)
    except UnicodeEncodeError:
        raise EvaluationError("the text holds half a character (a lone surrogate)") from None
