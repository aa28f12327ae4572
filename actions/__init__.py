"""Custom actions: one kind of turn each.

They read what was understood from the tracker, ask the engine, and speak through the responses
of ``domain.yml`` and the words of ``catalogue/wording.yml``; no sentence stands here.
"""
