"""Multi-valued attributes: Count, Item, RemoveDuplicates. A single value is a list of one."""

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError

Values = tuple[str, ...] | None


def count(attribute: Values) -> int:
    """The number of values; null has none.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#count

    >>> [proxyAddresses] = "SMTP:ana@contoso.example", "smtp:al@contoso.example"
    >>> Count([proxyAddresses])
    2
    """
    return len(attribute or ())


def item(attribute: Values, index: int) -> str | None:
    """One of the values; the first is number 1.

    An index without a value fails, as the page of Cloud Sync tells
    (https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#item);
    null stays null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#item

    >>> [proxyAddresses] = "SMTP:ana@contoso.example", "smtp:al@contoso.example"
    >>> Item([proxyAddresses], 2)
    smtp:al@contoso.example
    """
    if attribute is None:
        return None
    if not 1 <= index <= len(attribute):
        raise EvaluationError(f"index takes a number from 1 to {len(attribute)}, not {index}")
    return attribute[index - 1]


def remove_duplicates(context: EvaluationContext, attribute: Values) -> Values:
    """Each value once, in the order of their first appearance.

    Case counts, unless the setting `duplicatesIgnoreCase` says otherwise. Null stays null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#removeduplicates

    >>> [otherMails] = "a@contoso.example", "b@contoso.example", "a@contoso.example"
    >>> RemoveDuplicates([otherMails])
    ["a@contoso.example", "b@contoso.example"]
    """
    if attribute is None:
        return None
    fold = str.casefold if context.settings.duplicates_ignore_case else str
    found: dict[str, str] = {}
    for each in attribute:
        found.setdefault(fold(each), each)
    return tuple(found.values())
