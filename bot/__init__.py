"""The running assistant: channels, store, and the adapters that know Rasa."""
