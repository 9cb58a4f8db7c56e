"""Who lets Muster follow a calendar, what stood in it at each moment, and when Muster read it."""

from simulation.labels import ADDRESS
from simulation.recognition import CALENDAR_FORM
from simulation.timeline import Timeline
from simulation.trace import Line, Trace


class Following:
    def __init__(self, trace: Trace) -> None:
        self.texts: dict[str, Timeline[str]] = {}
        """By the name of what is kept elsewhere."""
        self.reads: dict[str, list[Line]] = {}
        self.begun: dict[str, Line] = {}
        """By the same name: the form with which somebody let Muster follow it."""
        for line in trace.of("elsewhere"):
            if line["act"] == "put":
                self.texts.setdefault(line["name"], Timeline("")).change(line.at, line["text"])
            else:
                self.reads.setdefault(line["name"], []).append(line)
        for line in trace.diary("submitted"):
            if line["callback_id"] == CALENDAR_FORM and line.get("ok") and line["values"].get(ADDRESS):
                self.begun[str(line["values"][ADDRESS]).rpartition("/")[2]] = line

    def read(self, line: Line) -> tuple[str, str]:
        """Whose calendar a line says that Muster has read, and what stood there; empty if it says nothing of it."""
        name = line["name"]
        if line["act"] != "read" or name not in self.begun or name not in self.texts:
            return "", ""
        return str(self.begun[name]["person"]), self.texts[name].at(line.at)
