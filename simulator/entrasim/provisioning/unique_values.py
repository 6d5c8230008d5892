"""Unique values: the questions of SelectUniqueValue, asked of the target before it creates.

Entra documents the function for other kinds of applications than SCIM; how it would ask a SCIM
server is not known, so it is asked as for a match. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#selectuniquevalue
"""

from collections.abc import Generator

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.flow import TargetValue, UniqueValueAsked
from entrasim.mapping.source_attributes import SourceObject
from entrasim.provisioning.answers import found
from entrasim.provisioning.context import ENDPOINTS, CycleContext
from entrasim.scim import requests
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scim.path import AttributePath


def target_values(
    context: CycleContext, object_type: ObjectType, seen: SourceObject, *, creating: bool
) -> Generator[ScimRequest, ScimResponse, list[TargetValue]]:
    """The values that an object gives to the target, with every question answered.

    Raises:
        EvaluationError: an expression fails on the object, or no value is left that is unique.
        ExportFailure: the target does not answer a question.
    """
    answers: dict[tuple[str, str], bool] = {}

    def is_taken(path: AttributePath, value: str) -> bool:
        if (path.text, value) not in answers:
            raise UniqueValueAsked(path, value)
        return answers[path.text, value]

    flow = context.flows[object_type]
    while True:
        try:
            return flow.values(seen, context.evaluation, creating=creating, is_taken=is_taken)
        except UniqueValueAsked as asked:
            request = requests.find(ENDPOINTS[object_type], asked.path, asked.value)
            answers[asked.path.text, asked.value] = bool(found(request, (yield request)))
