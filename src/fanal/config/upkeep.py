"""The queue's own care: a job whose worker was killed runs again."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="*/2 * * * *")
@app.task(pass_context=True, queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put back in the queue what a dead worker left half done."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
