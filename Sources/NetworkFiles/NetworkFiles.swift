// NetworkFiles: see ARCHITECTURE.md.
