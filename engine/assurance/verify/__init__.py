"""The solver's reading of a pack: what is proved of it over every plan within a stated bound. Only here is z3 known."""
