"""Pages as a real browser draws them: what is measured there, and pictures of it. Knows facts and no rules; the extra `render` brings the driver."""
