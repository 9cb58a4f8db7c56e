"""The command line: `muster run`, `demo`, `simulate`, `doctor`, `manifest`, `db upgrade`, `export`, `people import`,
`people erase`, `measures import`, `rituals check`, `audit verify`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.console import INTERRUPTED, say
from domain.errors import UserError

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    # What Slack's library says of a failed call, Muster says itself, in a sentence.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING, stream=sys.stderr)
    try:
        return int(options.run(options))
    except UserError as error:
        print(f"muster: {error}", file=sys.stderr)  # noqa: T201 - the command line speaks here
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="muster", description="Asynchronous team rituals in Slack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("run", help="connect to Slack and run").set_defaults(run=_run)
    demo = commands.add_parser("demo", help="try Muster in a local Slack, without an account")
    demo.add_argument("--port", type=int, default=8700, help="port of the page (default: 8700)")
    demo.add_argument("--alone", action="store_true", help="let nobody act but you")
    demo.set_defaults(run=_demo)
    _add_simulate(commands.add_parser("simulate", help="live weeks against the sandbox, and check what was promised"))
    doctor = commands.add_parser("doctor", help="check the installation and say how to mend it")
    doctor.add_argument("--llm", action="store_true", help="ask the language model something, and say what it can do")
    doctor.set_defaults(run=_doctor)
    commands.add_parser("manifest", help="print the manifest of the Slack app").set_defaults(run=_manifest)
    db = commands.add_parser("db", help="look after the database").add_subparsers(required=True, metavar="COMMAND")
    db.add_parser("upgrade", help="bring the tables up to this version").set_defaults(run=_upgrade)
    _add_export(commands.add_parser("export", help="take records along"))
    _add_people(commands.add_parser("people", help="set people up, and look after what is kept of them"))
    _add_audit(commands.add_parser("audit", help="look after the audit trail"))
    _add_measures(commands.add_parser("measures", help="look after the measures of channels"))
    rituals = commands.add_parser("rituals", help="look after templates")
    of_rituals = rituals.add_subparsers(required=True, metavar="COMMAND")
    of_rituals.add_parser("schema", help="print the JSON Schema of template files").set_defaults(run=_schema)
    check = of_rituals.add_parser("check", help="check template files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a template file, or a folder of them")
    check.set_defaults(run=_check)
    return parser


def _add_export(export: argparse.ArgumentParser) -> None:
    answers = export.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "answers", help="print what was answered in a ritual, in its runs that have closed"
    )
    answers.add_argument(
        "--ritual", type=_positive, required=True, metavar="ID", help="an unknown one lists those there are"
    )
    answers.add_argument("--format", choices=("csv", "json"), default="csv", help="(default: csv)")
    answers.add_argument(
        "--include-private", action="store_true", help="also what is for members of a channel only; it is audited"
    )
    answers.set_defaults(run=_export_answers)


def _add_people(people: argparse.ArgumentParser) -> None:
    of_people = people.add_subparsers(required=True, metavar="COMMAND")
    brings = of_people.add_parser("import", help="assign people to their managers by a table, and set them up")
    brings.add_argument("file", type=Path, metavar="FILE", help="in UTF-8, with a header such as email,manager email")
    brings.add_argument("--workspace", default="", help="its name, or its id; needed only where there are several")
    brings.add_argument("--yes", action="store_true", help="save it; without this it only says what would change")
    brings.set_defaults(run=_import_people)
    erase = of_people.add_parser("erase", help="take one person out of all that is kept, because they ask for it")
    erase.add_argument("person", metavar="PERSON", help="a name as Slack shows it, or an id such as U024BE7LH")
    erase.add_argument("--yes", action="store_true", help="do it; without this it only says what there is")
    erase.set_defaults(run=_erase)


def _add_measures(measures: argparse.ArgumentParser) -> None:
    brings = measures.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "import", help="bring in a table of values: measure,value,moment and, if you like, unit,source"
    )
    brings.add_argument("file", type=Path, metavar="FILE", help="in UTF-8, with a header")
    brings.add_argument("--channel", required=True, help="its name, or its id")
    brings.set_defaults(run=_import_measures)


def _add_audit(audit: argparse.ArgumentParser) -> None:
    verify = audit.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "verify", help="look whether a line was changed or taken out"
    )
    verify.add_argument(
        "--head", default="", metavar="HEAD", help="one you kept, as an export or an earlier check shows it"
    )
    verify.set_defaults(run=_verify)


def _add_simulate(simulate: argparse.ArgumentParser) -> None:
    simulate.add_argument("--weeks", type=_positive, default=8, help="how long (default: 8)")
    simulate.add_argument("--members", type=_positive, default=40, help="how many people (default: 40)")
    simulate.add_argument("--seed", type=int, help="fixes people and faults (default: a new one, which is printed)")
    simulate.add_argument("--faults", choices=("none", "mild", "heavy"), default="none", help="(default: none)")
    simulate.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the trace and all that belongs to it there")
    simulate.add_argument("--replay", type=Path, metavar="FOLDER", help="judge a kept trace again, and live nothing")
    simulate.set_defaults(run=_simulate)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a number from 1 on")
    return int(text)


def _run(_options: argparse.Namespace) -> int:
    from bot.settings import read_settings

    settings = read_settings()
    from bot.process import run  # Takes a second: what is wrong with a setting is said before.

    listens = f", and takes its requests at {settings.address}" if settings.is_http else ""
    run(settings, ready=lambda name: say(f"Muster is connected to {name}{listens}. Ctrl-C stops it."))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from bot.demo import demo

    return demo(options.port, alone=options.alone)


def _simulate(options: argparse.Namespace) -> int:
    from bot.simulate import Options, replay, simulate
    from domain.clock import new_seed

    if options.replay:
        return replay(options.replay)
    seed = new_seed() if options.seed is None else options.seed
    return simulate(Options(options.weeks, options.members, seed, options.faults, options.keep))


def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor import examine
    from bot.settings import read_settings

    return examine(read_settings(), asks_model=options.llm)


def _manifest(_options: argparse.Namespace) -> int:
    from bot import manifest
    from bot.settings import read_settings

    say(manifest.text(read_settings()).rstrip())
    return 0


def _upgrade(_options: argparse.Namespace) -> int:
    from bot.database import upgrade
    from bot.settings import read_settings

    say(upgrade(read_settings().database_url))
    return 0


def _verify(options: argparse.Namespace) -> int:
    from bot.audit import verify
    from bot.settings import read_settings

    return 0 if verify(read_settings().database_url, copy=options.head) else FAILED


def _export_answers(options: argparse.Namespace) -> int:
    from bot.export import answers
    from bot.settings import read_settings
    from domain.export import Format
    from surface.exports import forgotten_text, head_text

    url, wanted = read_settings().database_url, Format(options.format)
    found = answers(url, ritual_id=options.ritual, wanted=wanted, include_private=options.include_private)
    sys.stdout.write(found.content)
    for beside in filter(None, (forgotten_text(found.forgotten), head_text(found.head))):
        print(beside, file=sys.stderr)  # noqa: T201 - beside the table, which goes to a file
    return 0


def _import_measures(options: argparse.Namespace) -> int:
    from bot.measures import bring
    from bot.settings import read_settings

    say(bring(read_settings().database_url, file=options.file, channel=options.channel))
    return 0


def _import_people(options: argparse.Namespace) -> int:
    from bot.people import bring
    from bot.settings import read_settings

    url = read_settings().database_url
    said, is_whole = bring(url, file=options.file, workspace=options.workspace, is_sure=options.yes)
    say(said)
    return 0 if is_whole else FAILED


def _erase(options: argparse.Namespace) -> int:
    from bot.erasing import erase
    from bot.settings import read_settings

    say(erase(read_settings().database_url, person=options.person, is_sure=options.yes))
    return 0


def _schema(_options: argparse.Namespace) -> int:
    from bot.library import schema_text

    say(schema_text().rstrip())
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.library import check

    report, is_fine = check(options.files)
    say(report)
    return 0 if is_fine else FAILED
