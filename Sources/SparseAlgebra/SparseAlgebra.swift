// SparseAlgebra: see ARCHITECTURE.md.
