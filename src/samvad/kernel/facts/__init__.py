"""Reading facts out of free text: `reader.read` finds them all, each with its place and normal form."""
