"""What is answered for (waivers) and what was there before (baselines)."""
