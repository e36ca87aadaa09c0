"""Bundles of evidence: what pages were judged by, so that anybody can see later that it is unchanged, and judge them again."""
