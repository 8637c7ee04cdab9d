"""A session that leaves nothing behind: no process, no file, no line on the screen."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fanal.engines.spark.interruptions import kept_as_they_are, kept_for_later
from fanal.engines.spark.java import need_java
from fanal.engines.spark.refusals import SparkFailed, SparkIsMissing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALONE = "local[2]"
HERE = "127.0.0.1"
# Rows handed to Python at once.
BATCH = 100_000
# Parts of what is shuffled, by core; Spark joins those that are small.
PARTS = 4
ENDING = 30
QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@contextmanager
def session(master: str = ALONE) -> Iterator[SparkSession]:
    """
    Args:
        master: ``local[N]`` for N cores of this machine, which then speaks to nobody, or the
            address of a cluster whose machines have Fanal too.

    Raises:
        SparkIsMissing, SparkFailed: in French.
    """
    if find_spec("pyspark") is None:
        raise SparkIsMissing("Spark n'est pas installé : pip install 'fanal[spark]'.")
    need_java()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    with (
        _silence(),
        TemporaryDirectory(prefix="fanal-spark-") as room,
        _environment(master),
        _process(Path(room), master) as gateway,
    ):
        try:
            with _started(Path(room), master, gateway) as spark:
                yield spark
        except (Py4JError, PySparkException) as error:
            raise SparkFailed(f"Spark s'est arrêté : {_told(error)}") from None


@contextmanager
def _process(room: Path, master: str) -> Iterator[Any]:
    """The process of Java, which ends with us."""
    gateway: Any = None
    try:
        with kept_for_later():
            gateway = _launched(room, master)
        yield gateway
    finally:
        if gateway is not None:
            _end(gateway)


def _launched(room: Path, master: str) -> Any:
    """It writes its lines beside its files."""
    from pyspark import SparkConf
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    conf = SparkConf().setAll(list(_settings(room, master).items()))
    with (room / "log").open("wb") as log:
        try:
            return launch_gateway(conf, {"stdout": log, "stderr": log})
        except PySparkRuntimeError:
            raise SparkFailed(f"Spark n'a pas démarré sur {master} : {_last(log.name)}") from None


def _end(gateway: Any) -> None:
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    # A process that has died already has nobody to say it to.
    with suppress(OSError, Py4JError):
        gateway.shutdown()
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(ENDING)
    except TimeoutExpired:
        gateway.proc.kill()
    # Spark keeps the process that it has started for the next session.
    SparkContext._gateway = SparkContext._jvm = None


@contextmanager
def _started(room: Path, master: str, gateway: Any) -> Iterator[SparkSession]:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    conf = SparkConf().setAll(list(_settings(room, master).items()))
    with kept_as_they_are():
        context = SparkContext(conf=conf, gateway=gateway)
    try:
        context.setLogLevel("OFF")
        spark = SparkSession(context)
        spark.conf.set("spark.sql.shuffle.partitions", PARTS * context.defaultParallelism)
        yield spark
    finally:
        context.stop()


def quick(spark: SparkSession) -> SparkSession:
    """Beside a session, one for many small questions: nothing is cut, nor compiled, for each."""
    told = spark.newSession()
    for name, value in QUICK.items():
        told.conf.set(name, value)
    return told


def _settings(room: Path, master: str) -> dict[str, str]:
    told = {
        "spark.app.name": "fanal",
        "spark.master": master,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY", "2g"),
        "spark.driver.maxResultSize": "0",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={room}",
        "spark.local.dir": str(room),
        "spark.sql.warehouse.dir": str(room / "warehouse"),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    }
    if _is_alone(master):
        told |= {
            "spark.driver.host": HERE,
            "spark.driver.bindAddress": HERE,
            "spark.authenticate": "true",
        }
    return told


@contextmanager
def _environment(master: str) -> Iterator[None]:
    """What Spark reads from the environment alone, put back afterwards."""
    told = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": HERE} if _is_alone(master) else {}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        _put_back(before)


@contextmanager
def _silence() -> Iterator[None]:
    """What speaks with Java tells the journal of whoever interrupts it; they know."""
    root = logging.getLogger()
    root.addFilter(_is_ours)
    try:
        yield
    finally:
        root.removeFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.module != "java_gateway"


def _put_back(before: Mapping[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def _is_alone(master: str) -> bool:
    return master.startswith("local")


def _last(log: str) -> str:
    """What Java says in the end is not why; what it says of an error is."""
    lines = Path(log).read_text(encoding="utf-8", errors="replace").splitlines()
    return _lines("\n".join(line for line in lines if "rror" in line or "xception" in line))[0]


def _told(error: Exception) -> str:
    """The line that says why, among the many that are said: Python's is the last, Java's not."""
    from pyspark.errors import PythonException

    java = getattr(error, "java_exception", None)
    lines = _lines(str(java.getMessage() if java is not None else error))
    return lines[-1 if isinstance(error, PythonException) else 0]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()] or ["sans dire pourquoi."]
