"""Where pages come from: inputs as they were named, and their bytes. A source does not know what a page is."""
