"""The adapters that know Rasa: server, assistant, NLU components, channels, stores."""
