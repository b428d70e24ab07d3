"""Tests of packs: small plans with the findings that a pack's author expects, kept beside the pack."""
