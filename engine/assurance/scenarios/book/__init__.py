"""The review book: the directive clause by clause, with readings, rules and scenarios, for staff to question and sign."""
