"""How each number is counted, as people read it in Slack and in `docs/numbers.md`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Explained:
    title: str
    means: str
    counted: str
    left_out: str


EXPLAINED: Mapping[str, Explained] = {
    "participation": Explained(
        "Participation",
        "How many of those who were asked have answered.",
        "People who answered / people who were asked: “31 of 36 (86 %)”. Of several check-ins, all answers / all "
        "invitations. A fall is marked only when two weeks in a row lie 20 points or more below the four before them, "
        "or when it is too large for chance: the 95 % intervals (Wilson) of two weeks do not overlap.",
        "Who was away all the time, who left, and who joined later. With fewer than 5 asked there is no percentage. A "
        "check-in that had nobody to ask does not count at all.",
    ),
    "coverage": Explained(
        "Functions heard",
        "Whether every function had a voice.",
        "Functions of which somebody answered / functions of which somebody was asked. A silent one is named, with the "
        "number of weeks in which it was asked and nobody answered.",
        "People without a function. With a single function there is no ratio. Anonymous check-ins are never counted by "
        "function.",
    ),
    "evenness": Explained(
        "Evenness of functions",
        "Whether functions take part to a similar share: 1 is all alike, 0 is one alone.",
        "Pielou's J over the share that answered of each function, so that a large function does not weigh more than a "
        "small one.",
        "People without a function. Fewer than two functions, or no answers: “-”. One silent function of five still "
        "gives 0.86, so look at the functions heard first.",
    ),
    "person_evenness": Explained(
        "Evenness of people",
        "Whether the answers of four weeks come from many or from few: 0 is all alike, 1 is one person for all. It is "
        "of a team; people are never compared.",
        "The Gini coefficient for small groups, over the answers of each person who was asked.",
        "Teams of fewer than 5, and weeks without answers.",
    ),
    "latency": Explained(
        "Time to answer",
        "How long it takes until half of all who were asked have answered, and until the slow ones have.",
        "From the message to the first sending, in hours. All who were asked are in the list, and whoever has not "
        "answered stands at its end: with 3 of 7, half is “not reached”. The slow ones are nine in ten, or with fewer "
        "than 10 asked the slowest answer.",
        "Edits: they start no new clock.",
    ),
    "on_time": Explained(
        "On time",
        "How many answered before their deadline.",
        "Answers by the deadline / people who were asked. Later ones stand beside it: “7 of 9, +2 late”.",
        "The same people as in participation. A deadline that was moved was moved for all.",
    ),
    "usual": Explained(
        "Usual",
        "What to compare this week with.",
        "The median of the four weeks before. An arrow stands only where this week lies outside all four, by a step "
        "that matters.",
        "Weeks that are not known, and shares of fewer than 5. With fewer than three weeks left there is no usual.",
    ),
    "direction": Explained(
        "Direction",
        "Whether a number went up, down, or stayed about the same over three weeks.",
        "The newest week against the one two weeks before.",
        "Changes within 5 %, or within what the number does by itself where that is known, and wobbles, in which the "
        "week between lies outside the two: all these are flat. If one of the three weeks is missing, nothing is said.",
    ),
    "decision_latency": Explained(
        "Time to decide",
        "Within how many days half of the decisions had their verdict.",
        "From the proposal to the verdict, the median by forum. Those still open stand at the end of the list: when "
        "half of them are open it is “not reached”.",
        "Decisions that were withdrawn or superseded.",
    ),
    "completeness": Explained(
        "Reasons complete",
        "How much of its reasons a record says. It shows what is missing, and is no grade.",
        "One point each: a context of 40 characters; two options; why not the others; constraints; a link; a because "
        "of 40 characters; an outcome with metric, target and check date; a downside; an approver and a contributor; "
        "an action item with owner and date.",
        "What a record cannot say yet: which functions are affected (one contributor is enough), linked risks (a "
        "downside is enough), and that there is nothing to do (this counts as missing).",
    ),
    "close_rate": Explained(
        "Actions on time",
        "How many action items were done by the day first agreed.",
        "Done by their first day / all whose first day lay in the period. Another day changes nothing of that, and is "
        "counted beside it. Days are of the owner's calendar.",
        "Those without owner or day, those dropped with a reason, and those that an answer took back. Dropped without "
        "a reason counts as late.",
    ),
    "overdue": Explained(
        "Overdue",
        "How many open action items are past their day, and for how long.",
        "Working days (Monday to Friday) since the present day: the median, and the oldest with its owner. A digest "
        "sets those of others against all of theirs that are open, and against the median of the four digests before.",
        "Items without a day.",
    ),
    "orphans": Explained(
        "Without owner or day",
        "Action items that nobody is reminded of.",
        "Open action items that lack an owner or a day.",
        "Nothing.",
    ),
    "loop": Explained(
        "Loop closed",
        "Whether what people raise leads to something.",
        "Blockers that were cleared, or became an action item, within 14 days / all that were raised.",
        "Blockers younger than 14 days.",
    ),
    "rhythm": Explained(
        "Rhythm",
        "Whether check-ins come as planned.",
        "Check-ins that closed with a summary on time / check-ins that were planned.",
        "Nothing: one that was not asked because Muster was not running was planned all the same.",
    ),
    "clock": Explained(
        "Blockers taken up in time",
        "How many blockers somebody took up or cleared within three working days.",
        "In the working days of whoever was to look at it. One that is open for longer counts as missed.",
        "Blockers that are open and still within the three days. With fewer than 5 there is no percentage.",
    ),
    "calibration": Explained(
        "Calibration",
        "Whether what people were sure of came as often as they said.",
        "The Brier score of at least 20 forecasts of which one knows what came: 0 is best, always saying 50 % gives "
        "0.25. Before that a list: “said 70 %, 3 of 5 happened”.",
        "Forecasts of which nobody has said what came.",
    ),
    "health": Explained(
        "Ritual health",
        "Whether a check-in still suits the people it asks. Nothing is changed by itself.",
        "Any of these: fewer than half answered each of the last three times; half of the forms took more than three "
        "minutes; two people or more named it in the pulse as one to shorten or stop.",
        "Check-ins that had nobody to ask, and of anonymous ones whatever fewer answered than may be told.",
    ),
    "survey": Explained(
        "Pulse",
        "How people see clarity, trust, satisfaction and fairness here.",
        "The mean of all answers (1 to 5), how many of them are 4 or 5, and how many people answered. A change since "
        "the last time is told only if it is half a point or more.",
        "With fewer than 5 answers nothing is shown but that. By function only where each function shown, and all "
        "others together, are 5 or more; the pulse that comes with Muster keeps no functions. A team is compared "
        "with itself alone.",
    ),
    "one_voice": Explained(
        "Each function one voice",
        "A mean in which a large function does not drown a small one.",
        "The median within each function, then the mean of these. The plain mean stands beside it when the two differ "
        "by half a point or more.",
        "Functions without an answer.",
    ),
    "together": Explained(
        "Went together",
        "Whether two weekly numbers rose and fell together. It never says that one caused the other.",
        "Spearman's rank correlation of a pair that was fixed before anybody looked, the first two weeks before the "
        "second, with its 95 % interval. From 20 weeks on a circular shift says how often chance does the same; with "
        "several pairs the bar is higher for each.",
        "Fewer than 8 weeks, and numbers that did not vary. From 8 to 19 weeks it is too early to tell.",
    ),
}
