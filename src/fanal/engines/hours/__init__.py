"""Opening hours written as OpenStreetMap strings: open now, opens next, in each département."""
