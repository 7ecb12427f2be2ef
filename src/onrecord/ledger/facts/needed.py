"""What has to be said of a field that has to be said: of a list, one thing at least."""

from typing import Any

from pydantic_core import CoreSchema


def one_at_least(schema: CoreSchema) -> CoreSchema:
    """The same, with one thing at least in every list that has to be said."""
    for field in _fields(schema).values():
        said = _bare(field["schema"])
        if field["schema"]["type"] != "default" and said["type"] == "tuple":
            said["min_length"] = 1
    return schema


def _fields(schema: Any) -> dict[str, Any]:
    """The fields of a model, under whatever was put round it."""
    while schema["type"] != "model-fields":
        schema = schema["schema"]
    return dict(schema["fields"])


def _bare(schema: Any) -> Any:
    """What is checked in the end, under the checks that were put round it."""
    while schema["type"].startswith("function"):
        schema = schema["schema"]
    return schema
