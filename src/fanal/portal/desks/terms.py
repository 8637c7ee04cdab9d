"""What a desk shows first: one section per role, in the order of urgency."""

from fanal.ground.agents.terms import Role

SECTIONS: tuple[tuple[Role, str], ...] = (
    (Role.LISTENER, "listener"),
    (Role.COORDINATOR, "coordinator"),
    (Role.ON_CALL, "on_call"),
    (Role.CRIP, "crip"),
    (Role.SUPERVISOR, "supervisor"),
    (Role.EVALUATOR, "evaluator"),
    (Role.REFERENT, "referent"),
    (Role.PARQUET, "parquet"),
    (Role.AUTHOR, "author"),
    (Role.CONTROLLER, "controller"),
    (Role.DATA_PROTECTION, "data_protection"),
    (Role.DIRECTORY, "directory"),
    (Role.CONTACT_POINT, "contact_point"),
    (Role.RECEPTION, "reception"),
    (Role.STEERING, "steering"),
    (Role.ADMINISTRATOR, "administrator"),
)
