"""Where people meet the assistant. What is here knows nothing of Rasa."""
