"""Telegram: the only package that knows python-telegram-bot; what is not Telegram's lies beside it.

Nothing is imported here: the library takes a moment and some memory, and is needed only where
``TELEGRAM_BOT_TOKEN`` is set.
"""
