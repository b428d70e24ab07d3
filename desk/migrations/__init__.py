"""How the desk's tables come to be, and come to be as a newer program needs them (store.py runs this)."""
