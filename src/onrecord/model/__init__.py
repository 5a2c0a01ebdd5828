"""The encoder and its heads: windows of a text in, scores for words out. ONNX Runtime and NumPy only.

* ``bundle``: the folder with the weights, checked
* ``session``: the network at work, from a text to all that it proposes
* ``windows``, ``wordpieces``: a text as the encoder reads it; words in pieces
* ``labels``, ``decoding``: what the heads mark words with; scores to cues and roles
* ``cue_context``: the words around a cue, as the role head takes them
* ``mentions``, ``pairs``: scores to names and noun phrases; what is seen of two of them
* ``embedding``: a text as one vector, for search
"""
