"""What lies beside a page and is needed to draw it: style sheets, fonts, pictures, from a folder, an archive, or the network."""
