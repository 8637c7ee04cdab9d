"""Click's help page in French."""

import click

HELP = "Affiche cette aide."


class FrenchPage(click.HelpFormatter):
    """Headings as in a table of contents, without the English colon."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}\n")


class FrenchContext(click.Context):
    formatter_class = FrenchPage


class FrenchCommand(click.Command):
    """A command whose help page is in French."""

    context_class = FrenchContext

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [one for one in self.get_params(ctx) if isinstance(one, click.Argument)]
        if rows := [(one.make_metavar(ctx), one.help or "") for one in arguments]:
            with formatter.section("Arguments"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP
        return option
