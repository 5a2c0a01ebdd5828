"""Keeps ONNX Runtime's telemetry off.

From 1.32 on, ONNX Runtime reports to its maker unless it is told not to: as it is imported it writes a device
id under the user's cache folder, and some ten seconds later it looks up its maker's server. Only the
environment variable ``ORT_DISABLE_TELEMETRY`` stops that, and only if it is set before the import;
``disable_telemetry_events`` alone leaves both the file and the lookup (traced with strace, 1.32.0).
"""

from __future__ import annotations

import os
import sys
import warnings
from types import ModuleType

import platformdirs

from onrecord.interrupts import interrupts_deferred

_SWITCH = "ORT_DISABLE_TELEMETRY"
_OFF = "1"
_RUNTIME = "onnxruntime"


def switch_telemetry_off() -> None:
    """Set the switch for this process and for those that it starts. ``import onrecord`` calls this.

    An empty value and ``0`` leave the telemetry on, so any other value is replaced.

    Warns:
        RuntimeWarning: ONNX Runtime is already imported and may have begun to report.
    """
    late = _RUNTIME in sys.modules and os.environ.get(_SWITCH) != _OFF
    os.environ[_SWITCH] = _OFF
    if late:
        warnings.warn(
            "onnxruntime was imported before onrecord, with its telemetry on; "
            f"import onrecord first, or set {_SWITCH}=1",
            RuntimeWarning,
            stacklevel=3,
        )


def load_runtime() -> ModuleType:
    """Import ONNX Runtime with its telemetry off: the one place where this package imports it.

    Half a second, so only when a model is wanted.
    """
    switch_telemetry_off()
    with interrupts_deferred():
        import onnxruntime

    onnxruntime.disable_telemetry_events()  # Windows reports by a second way, which has its own switch
    return onnxruntime  # type: ignore[no-any-return]


def keep_chart_cache_in_own_folder() -> None:
    """Have matplotlib keep its list of fonts under OnRecord's cache folder, unless ``MPLCONFIGDIR`` names another.

    It takes effect only before matplotlib is imported.
    """
    if "MPLCONFIGDIR" not in os.environ:
        folder = platformdirs.user_cache_path("onrecord") / "matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["MPLCONFIGDIR"] = str(folder)
