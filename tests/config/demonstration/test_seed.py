import time
from datetime import UTC, datetime
import pytest
from fanal.config.demonstration import seed

@pytest.mark.django_db
def test_x():
    t=time.process_time(); w=time.time()
    seed(now=datetime.now(tz=UTC))
    print("CPU", time.process_time()-t, "WALL", time.time()-w)
