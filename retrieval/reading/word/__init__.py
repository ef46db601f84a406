"""Make a Word file's parts ready for conversion: what is hidden, struck out, numbered, paged."""
