"""Runs started as Dagster starts them by itself, whose end is noticed even where all that started them is gone.

Dagster's own launcher cannot say whether a run is still at work: a code server tells of those of its processes that
die, but nobody of those that died with it, and such a run would count as started, and keep the queue closed, for ever.
"""

from dagster import DagsterRun, DefaultRunLauncher
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.launcher.base import CheckRunHealthResult, WorkerStatus
from dagster._grpc.types import GetCurrentRunsResult
from dagster._serdes import deserialize_value


class Launcher(DefaultRunLauncher):
    """Named in `dagster.yaml`; asked by the daemon's run monitoring."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Whether the code server that has started the run still has it at work."""
        client = self._get_grpc_client_for_termination(run.run_id)  # type: ignore[no-untyped-call]
        if client is None:  # over by now, or started by hand: that process speaks for itself
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        try:
            at_work = deserialize_value(client.get_current_runs(), GetCurrentRunsResult).current_runs
        except DagsterUserCodeUnreachableError:
            return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "the code server that started it is gone")
        if run.run_id in at_work:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its process is gone")
