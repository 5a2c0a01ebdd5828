"""The encoder and its heads: windows of a text in, scores for words out. ONNX Runtime and NumPy only."""
