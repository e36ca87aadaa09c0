"""Reading: bytes to the facts of a page. The only HTML reader; it knows no rule."""
