"""A page about the API, made from its own OpenAPI: no script, nothing loaded from elsewhere."""

from html import escape
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


def page(openapi: dict[str, Any]) -> str:
    """HTML that lists every operation with its permission, parameters and bodies."""
    operations = [
        _operation(path, method, item[method])
        for path, item in openapi["paths"].items()
        for method in _METHODS
        if method in item
    ]
    return _PAGE.format(version=escape(openapi["info"]["version"]), operations="\n".join(operations))


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    facts = [
        ("permission", _permission(operation)),
        ("parameters", ", ".join(p["name"] for p in operation.get("parameters", ()))),
        ("body", _body(operation.get("requestBody", {}))),
        ("answer", "; ".join(f"{s} {_body(r)}".strip() for s, r in operation["responses"].items())),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    return (
        f"<article><h2><b>{method.upper()}</b> <code>{escape(path)}</code></h2>"
        f"<p>{escape(operation.get('summary', ''))}</p><dl>{rows}</dl></article>"
    )


def _permission(operation: dict[str, Any]) -> str:
    scopes = {scope for need in operation.get("security", ()) for found in need.values() for scope in found}
    return ", ".join(sorted(scopes)) or "public"


def _body(holder: dict[str, Any]) -> str:
    return ", ".join(_shape(media.get("schema", {})) for media in holder.get("content", {}).values())


def _shape(schema: dict[str, Any]) -> str:
    name = schema.get("$ref", schema.get("title", schema.get("type", "")))
    return str(name).rpartition("/")[2]


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Samvad API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font-family: system-ui; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }}
h2 {{ font-size: 1rem; margin: 1.5rem 0 0 }} 
dl {{ display: grid; grid-template-columns: 8rem 1fr; margin: 0 }}
dd {{ margin: 0 }} p {{ margin: .25rem 0 }}</style>
<body><h1>Samvad API {version}</h1>
<p>Send <code>Authorization: Bearer</code> with a session token or an API key, or <code>X-API-Key</code>.
The machine-readable form is <a href="/api/openapi.json">/api/openapi.json</a>.</p>
{operations}</body></html>
"""
