"""The report: what people asked, what was not understood, what excluded them, where."""

from bot.report.figures import LEAST, Report, report, report_of
from bot.report.render import as_csv, as_html
from bot.report.write import ReportError, write

__all__ = ["LEAST", "Report", "ReportError", "as_csv", "as_html", "report", "report_of", "write"]
