"""The web desk: what it keeps of cases, and its pages (web). It judges through the engine alone, and holds no rule.

`Desk` is the one way in: `with Desk(folder) as desk: desk.cases.submit(actor, …)`. Each operation is given who asks
(`Actor`), asks permissions.py, and raises Refused (refused.py) where it is not done, with nothing changed.
"""
