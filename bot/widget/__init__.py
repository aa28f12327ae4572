"""The chat widget for websites: its sources, its words, and the demo page."""
