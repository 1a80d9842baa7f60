"""The shape of JSON for type checkers."""

from typing_extensions import TypeAliasType

# a named alias: pydantic cannot walk an implicit recursive one
JsonValue = TypeAliasType(
    "JsonValue", "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"
)
JsonObject = dict[str, JsonValue]
