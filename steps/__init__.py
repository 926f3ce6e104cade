"""The sentences of the specification, one file per noun; each hands over to one task or question."""
