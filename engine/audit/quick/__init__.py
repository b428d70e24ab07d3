"""Many plans at once: lines and rows decoded without what one plan at a desk needs."""
