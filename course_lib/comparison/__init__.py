"""Comparing activations fairly: what is computed, and what is measured with its uncertainty."""

from __future__ import annotations

from course_lib.comparison.birth import dead_at_birth_probability, dead_at_birth_share
from course_lib.comparison.calibration import (
    Overconfidence,
    Reliability,
    best_temperature,
    overconfidence,
    reliability,
    softmax,
)
from course_lib.comparison.contest import CONTESTANTS, LEARNING_RATES, head_to_head, starting_gain
from course_lib.comparison.cost import Cost, cost_table, costs, measured_on
from course_lib.comparison.dying import (
    ALIVE,
    DEAD,
    REVIVED,
    Census,
    census,
    incoming_gradients,
    standardized,
    unit_states,
)
from course_lib.comparison.families import FAMILIES, family
from course_lib.comparison.forgetting import TwoTasks, two_tasks
from course_lib.comparison.intervals import (
    Interval,
    holm,
    mean_interval,
    paired_interval,
    paired_p_value,
    share_interval,
)
from course_lib.comparison.learned import (
    SHAPES,
    EqualSize,
    LearnedShapes,
    equal_size_contest,
    learned_shapes,
    width_for,
)
from course_lib.comparison.properties import COLUMNS, Column, catalog_table, chosen_rows, condition
from course_lib.comparison.random_slopes import RandomSlopeMLP, SlopeRule, slope_rule
from course_lib.comparison.rows import Row, catalog_rows, row_of
from course_lib.comparison.standings import Comparison, Contest
from course_lib.comparison.zigzag import (
    DescentPath,
    ShiftedProblem,
    SignAgreement,
    descent_path,
    share_of_one_sign,
    sign_agreement,
)

__all__ = [
    "ALIVE",
    "COLUMNS",
    "CONTESTANTS",
    "DEAD",
    "FAMILIES",
    "LEARNING_RATES",
    "REVIVED",
    "SHAPES",
    "Census",
    "Column",
    "Comparison",
    "Contest",
    "Cost",
    "DescentPath",
    "EqualSize",
    "Interval",
    "LearnedShapes",
    "Overconfidence",
    "RandomSlopeMLP",
    "Reliability",
    "Row",
    "ShiftedProblem",
    "SignAgreement",
    "SlopeRule",
    "TwoTasks",
    "best_temperature",
    "catalog_rows",
    "catalog_table",
    "census",
    "chosen_rows",
    "condition",
    "cost_table",
    "costs",
    "dead_at_birth_probability",
    "dead_at_birth_share",
    "descent_path",
    "equal_size_contest",
    "family",
    "head_to_head",
    "holm",
    "incoming_gradients",
    "learned_shapes",
    "mean_interval",
    "measured_on",
    "overconfidence",
    "paired_interval",
    "paired_p_value",
    "reliability",
    "row_of",
    "share_interval",
    "share_of_one_sign",
    "sign_agreement",
    "slope_rule",
    "softmax",
    "standardized",
    "starting_gain",
    "two_tasks",
    "unit_states",
    "width_for",
]
