"""How the package's learned parts are made, outside of the wheel; most of it needs PyTorch (``pip install -e '.[training]'``).

The bundle, in this order:

* ``train``: the network (``network``) on attributions (``polnear``, ``examples``), names and noun phrases (``entities``), texts varied (``augment``)
* ``export``: its weights to ONNX graphs; ``unpack``: back from a bundle, to go on
* ``heads``: the heads for names, noun phrases and links alone, on the encoder as it ships
* ``embedding``: the head for search by meaning (``embedding_texts``, ``teacher``, ``embedding_table``)
* ``evaluate``: calibration and threshold; ``card``: the manifest and the model card; ``reliability``: the picture of scores

The other learned and packed parts:

* ``acts``: the model of PLOVER's roots; ``speakers``: how sure a speaker is; ``gazetteer``: towns, villages and counties
"""

import onrecord  # noqa: F401  (switches ONNX Runtime's telemetry off before anything here imports it)
