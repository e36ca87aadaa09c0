"""Archives as streams of pages: web archives, zipped sites, compressed and saved pages. Nothing is ever unpacked to disk."""
