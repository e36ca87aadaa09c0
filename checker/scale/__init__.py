"""Many pages: the one loop over inputs, local processes, and the gate that turns counts into an exit code."""
