"""The pages and the API: the check page, which keeps nothing, and the desk's."""
