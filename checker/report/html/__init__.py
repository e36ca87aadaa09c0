"""The report that editors read: one HTML file with its own style and script, which asks nobody for anything."""
