"""How signals and gradients pass through the layers of a deep network."""

from __future__ import annotations

from course_lib.propagation.blocks import (
    Activate,
    Affine,
    BatchNorm,
    Block,
    LayerNorm,
    Residual,
    Stack,
)
from course_lib.propagation.deep_stack import DeepStack
from course_lib.propagation.experiment_run import Run
from course_lib.propagation.experiment_setup import NOTEBOOK_SETUP, PAPER_ERRORS, PAPER_SETUP, Setup
from course_lib.propagation.experiment_store import Experiment, stored_experiment
from course_lib.propagation.gaussian_means import NoClosedFormError, gaussian_mean
from course_lib.propagation.glorot_bengio import run_experiment, signals_at_initialization
from course_lib.propagation.jacobians import end_to_end_jacobian, jacobian_singular_values
from course_lib.propagation.lstm_cell import LSTMCell
from course_lib.propagation.mean_field import (
    FixedPoint,
    MeanField,
    critical_gain,
    fixed_point,
    mean_field,
    phase_map,
    slope_factor,
    variance_map,
)
from course_lib.propagation.recurrent import (
    PASCANU_EXAMPLE,
    LSTMPaths,
    RecurrentExample,
    RecurrentJacobians,
    lstm_paths,
    recurrent_jacobians,
)
from course_lib.propagation.remedies import Remedy, remedies, remedy_table
from course_lib.propagation.rounding import FloatSaturation, float_saturation
from course_lib.propagation.signals import (
    Signals,
    gradient_profile,
    layer_signals,
    random_deep_network,
)
from course_lib.propagation.variance_rules import (
    SeluConstants,
    VarianceRule,
    selu_constants,
    uniform_bound,
    variance_rule,
)

__all__ = [
    "NOTEBOOK_SETUP",
    "PAPER_ERRORS",
    "PAPER_SETUP",
    "PASCANU_EXAMPLE",
    "Activate",
    "Affine",
    "BatchNorm",
    "Block",
    "DeepStack",
    "Experiment",
    "FixedPoint",
    "FloatSaturation",
    "LSTMCell",
    "LSTMPaths",
    "LayerNorm",
    "MeanField",
    "NoClosedFormError",
    "RecurrentExample",
    "RecurrentJacobians",
    "Remedy",
    "Residual",
    "Run",
    "SeluConstants",
    "Setup",
    "Signals",
    "Stack",
    "VarianceRule",
    "critical_gain",
    "end_to_end_jacobian",
    "fixed_point",
    "float_saturation",
    "gaussian_mean",
    "gradient_profile",
    "jacobian_singular_values",
    "layer_signals",
    "lstm_paths",
    "mean_field",
    "phase_map",
    "random_deep_network",
    "recurrent_jacobians",
    "remedies",
    "remedy_table",
    "run_experiment",
    "selu_constants",
    "signals_at_initialization",
    "slope_factor",
    "stored_experiment",
    "uniform_bound",
    "variance_map",
    "variance_rule",
]
