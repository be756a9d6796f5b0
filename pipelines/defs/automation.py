"""What runs without anybody asking: jobs, the nightly schedule, sensors that watch the folder, findings and runs."""

# no `from __future__ import annotations`: Dagster inspects the annotations of sensors
import json
import os
import time

import dagster as dg

from audits.reports import json as findings_json
from pipelines import audit, notices
from pipelines.configuration import ConfigurationError
from pipelines.defs.assets import ARTICLES, PARTS_A_RUN
from pipelines.defs.resources import MONTHS, Desk
from pipelines.partitions import (
    MOST_PARTS,
    Watched,
    changes,
    digests,
    hashed,
    packed,
    parts_of,
    ranges,
    unpacked,
    whole,
)
from pipelines.store import StoreError

PARTS_A_LOOK = 500
OPENED_A_LOOK = 500  # files whose month is not known yet
SECONDS_BETWEEN_LOOKS = int(os.environ.get("CORRIGENDA_WATCH_SECONDS", "30"))
NIGHTLY = "0 3 * * *"
RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"

_BY_PARTITION = dg.AssetSelection.assets("articles", "records")

audit_changed = dg.define_asset_job(
    "audit_changed",
    _BY_PARTITION,
    description="Some articles, read and extracted again. The audit of the corpus follows when the folder is watched.",
)
audit_corpus = dg.define_asset_job(
    "audit_corpus",
    dg.AssetSelection.all() - _BY_PARTITION,
    description="The whole audit: what has changed in the folder is read, then everything is compared, checked and "
    "reported.",
    tags={"dagster/priority": "-1"},  # articles that are being read come first
)

# What changes overnight although no article does: waivers that have expired, rules and fact sheet that were edited.
nightly = dg.ScheduleDefinition(
    "nightly",
    job=audit_corpus,
    cron_schedule=NIGHTLY,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="The whole audit, each night.",
)


@dg.sensor(
    jobs=[audit_changed, audit_corpus],
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks for articles that are new, changed, renamed or gone: their partitions are added, run again or "
    "retired, and the corpus is audited.",
)
def articles_folder(context: dg.SensorEvaluationContext, desk: Desk) -> dg.SensorResult | dg.SkipReason:
    """What has to be run for the folder as it is now."""
    try:
        settings = desk.settings
    except ConfigurationError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    watched = unpacked(context.cursor, turn=int(time.time()))
    hashes = hashed(desk.articles_folder)
    if settings.partitions == "month" and (left := MONTHS.learn(hashes, settings.house, OPENED_A_LOOK)):
        return dg.SkipReason(f"{left} of {len(hashes)} files are still to be dated")
    parts = parts_of(hashes, desk.articles_folder, settings.partitions, settings.house, MONTHS)
    if len(parts) > MOST_PARTS:
        context.log.warning(f"{len(parts)} partitions: set `partitions` to “folder” or “month”")
    now = digests(parts, hashes, desk.articles_folder, settings.house)
    found = changes(watched.parts, now, PARTS_A_LOOK)
    if not (found.new or found.changed or found.gone) and watched.audited == whole(now):
        return dg.SkipReason(f"nothing has changed in {len(parts)} partitions")

    known = context.instance.get_dynamic_partitions(str(ARTICLES.name))
    gone = [key for key in known if key not in parts]
    asked = [*found.new, *found.changed]
    added = [key for key in asked if key not in known]
    order = [*(key for key in known if key in parts), *added]
    kept = {key: digest for key, digest in watched.parts.items() if key in parts}
    requests = [
        dg.RunRequest(
            f"{watched.turn}-{first}",
            job_name=audit_changed.name,
            partition_key=first if first == last else None,
            tags={} if first == last else {RANGE_START: first, RANGE_END: last},
        )
        for first, last in ranges(asked, order, PARTS_A_RUN)
    ]
    if not found.left and parts:
        requests.append(dg.RunRequest(f"{watched.turn}-audit", job_name=audit_corpus.name))
    return dg.SensorResult(
        run_requests=requests,
        dynamic_partitions_requests=[
            *([ARTICLES.build_add_request(added)] if added else []),
            *([ARTICLES.build_delete_request(gone)] if gone else []),
        ],
        cursor=packed(
            Watched(
                watched.turn + 1,
                kept | {key: now[key] for key in asked},
                watched.audited if found.left else whole(now),
            )
        ),
    )


@dg.sensor(
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of errors that the audit before did not have: in its log, and where the environment says.",
)
def newly_opened_errors(context: dg.SensorEvaluationContext, desk: Desk) -> dg.SensorResult:
    """Errors that are new since the audit before, each told once."""
    try:
        document = findings_json.parse(desk.tables.document(audit.FINDINGS))
    except StoreError as error:
        return dg.SensorResult(skip_reason=f"no findings to look at: {error}", cursor=context.cursor)
    told = json.loads(context.cursor or "[]")
    fresh = notices.newly_opened(document, told)
    if fresh:
        _tell(context, notices.of_errors(fresh))
    return dg.SensorResult(
        skip_reason=f"{len(fresh)} newly opened errors told",
        cursor=json.dumps([finding.id for finding in notices.newly_opened(document)]),
    )


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of runs that failed: in its log, and where the environment says.",
)
def failed_runs(context: dg.RunFailureSensorContext) -> None:
    """A run that failed, and why: the reasons of its steps, where one failed, or of the run."""
    steps = [event.step_failure_data for event in context.get_step_failure_events()]
    reasons = [
        failed.user_failure_data.description if failed.user_failure_data else failed.error_display_string
        for failed in steps
    ]
    reason = "; ".join(reason for reason in reasons if reason) or context.failure_event.message or ""
    _tell(context, notices.of_failure(context.dagster_run.job_name, context.dagster_run.run_id, reason))


def _tell(context: dg.SensorEvaluationContext | dg.RunFailureSensorContext, notice: notices.Notice) -> None:
    """Said in the log whatever becomes of the other ways."""
    context.log.warning(f"{notice.subject}\n{notice.body}")
    try:
        notices.tell(notice, notices.channels(os.environ))
    except notices.NotToldError as error:
        context.log.error(f"not told: {error}")
