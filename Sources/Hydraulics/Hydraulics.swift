// Hydraulics: see ARCHITECTURE.md.
