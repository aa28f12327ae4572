"""Rasa components over ``language/``: the intent classifier and the reader of facts and names."""
