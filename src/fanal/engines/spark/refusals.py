"""What Spark cannot do, in French, with what to do."""


class SparkRefusal(RuntimeError):
    """The message is French and says what to do."""


class SparkIsMissing(SparkRefusal):
    """Spark, or the Java that it stands on, is not there."""


class SparkFailed(SparkRefusal):
    """Spark did not start, or did not come to its end."""
