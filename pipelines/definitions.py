"""What Dagster loads: the audit as a graph of assets, every contract and every rule as an asset check."""

import os

import dagster as dg

from pipelines.defs import assets, automation
from pipelines.defs.resources import Desk

defs = dg.Definitions(
    assets=[assets.intake, assets.corpus, assets.tables, assets.comparisons, assets.findings, assets.report],
    jobs=[automation.audit_corpus, automation.audit_changed],
    schedules=[automation.nightly],
    sensors=[automation.articles_folder, automation.newly_opened_errors, automation.failed_runs],
    # steps in a row and one writer: processes of their own would only cost their start
    executor=dg.in_process_executor,
    resources={
        "desk": Desk(
            articles=os.environ.get("CORRIGENDA_ARTICLES", "seeds"),
            report_url=os.environ.get("CORRIGENDA_REPORT_URL", ""),
        )
    },
)
