"""Formulas in another form, and formulas with one fault: seeded, for the property test.

A rewriting is a chain of identities; a near miss has one local fault, and perhaps another form
besides. That the first agree with the formula and the second do not is confirmed with mpmath on a
dense grid, by means that have nothing to do with how the course compares answers.
"""
