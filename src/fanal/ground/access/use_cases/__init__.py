from fanal.ground.access.use_cases.exclusions import exclude_agent, lift_exclusion
from fanal.ground.access.use_cases.glass import break_glass, review_opening
from fanal.ground.access.use_cases.grants import end_grant, end_grants, end_holdings, grant_file
from fanal.ground.access.use_cases.seals import seal_file, unseal_file
from fanal.ground.access.use_cases.shares import (
    Written,
    answer_share,
    share_file,
    withdraw_share,
)

__all__ = [
    "Written",
    "answer_share",
    "break_glass",
    "end_grant",
    "end_grants",
    "end_holdings",
    "exclude_agent",
    "grant_file",
    "lift_exclusion",
    "review_opening",
    "seal_file",
    "share_file",
    "unseal_file",
    "withdraw_share",
]
