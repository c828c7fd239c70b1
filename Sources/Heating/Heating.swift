// Heating: see ARCHITECTURE.md.
