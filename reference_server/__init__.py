"""A small client portal that is right: the reference that an executable specification is proven against."""
