"""What has fields of its own elsewhere and is text here: headers, footers, the rows of a list."""

from samvad.channels.types import Framed, ListMessage, ListRow


def of(content: Framed) -> str:
    """Header, body, rows that say more than their button, footer; one paragraph each."""
    rows = _rows(content) if isinstance(content, ListMessage) else []
    return "\n\n".join(part for part in (content.header, content.body, *rows, content.footer) if part)


def _rows(content: ListMessage) -> list[str]:
    """A paragraph a section; nothing where the buttons alone say it all."""
    titled = any(section.title for section in content.sections)
    if not titled and not any(row.description for section in content.sections for row in section.rows):
        return []
    return ["\n".join([*filter(None, [s.title]), *map(_row, s.rows)]) for s in content.sections]


def _row(row: ListRow) -> str:
    return f"• {row.title}: {row.description}" if row.description else f"• {row.title}"
