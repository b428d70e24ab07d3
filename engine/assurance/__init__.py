"""What is shown of a pack: its tests and scenarios, mutants, proofs, coverage, reference pages."""
