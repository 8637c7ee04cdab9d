"""``fanal keys``: the ceremony, the opening by two custodians, the change of keys."""

from itertools import combinations
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database
from fanal.config.commands.refusals import say
from fanal.config.database import set_up_django
from fanal.ground.errors import Refusal

WORDS_PER_LINE = 6


class OpensByItself(Refusal):
    message = (
        "Les clés de cette instance ne sont pas gardées par des gardiens (FANAL_KEY_KEEPER) : "
        "il n'y a ni cérémonie ni ouverture à faire."
    )


class CeremonyHeld(Refusal):
    message = (
        "Une cérémonie a déjà eu lieu. Pour changer de gardiens, lancez « fanal keys ceremony "
        "--replace » puis « fanal keys rotate », les anciennes et les nouvelles clés ouvertes."
    )


class NotThree(Refusal):
    message = "Donnez la fonction de chacun des trois gardiens, ou d'aucun."


class NotRehearsed(Refusal):
    message = (
        "Ces parts ne rouvrent pas la clé de ce service : ne détruisez rien, vérifiez d'où elles "
        "viennent, et gardez celles qui ont servi à la dernière ouverture."
    )


class ShareRefused(Refusal):
    """What the agent answered to a share."""


@click.command(cls=FrenchCommand)
@click.option("--replace", is_flag=True, help="Fait une nouvelle clé à côté de l'ancienne.")
@click.option(
    "--custodian",
    "custodians",
    multiple=True,
    metavar="FONCTION",
    help="La fonction d'un gardien, jamais son nom ; trois fois. L'écran des clés les montre.",
)
def ceremony(*, replace: bool, custodians: tuple[str, ...]) -> None:
    """
    Fait la clé du service et la partage entre trois gardiens.

    Chaque part est montrée une fois, à un gardien seul, puis effacée de l'écran. Deux parts
    rouvrent la clé, une seule ne donne rien, et perdre une part ne perd rien.
    """
    path = _kept_by_custodians()
    from fanal.ground.privacy.sealing.custody import SHARES, recover, split
    from fanal.ground.privacy.sealing.deeds import Deed, Kind, note
    from fanal.ground.privacy.sealing.keyring import add_key, known_keys
    from fanal.ground.privacy.sealing.keys import RootKey

    if known_keys(path) and not replace:
        raise CeremonyHeld
    if custodians and len(custodians) != SHARES:
        raise NotThree
    root = RootKey.new()
    shares = split(root)
    if any(recover(pair) != root for pair in combinations(shares, 2)):
        raise AssertionError("two shares do not give the key back")
    for number, share in enumerate(shares, start=1):
        _show(number, share)
    key = root.public(1)
    add_key(path, key)
    note(path, Deed(Kind.CEREMONY, moment(), str(key.id), custodians))
    say(f"La cérémonie est finie. Clé {key.id}, écrite dans {path} (rien n'y est secret).")
    say("Répétez maintenant : « fanal up », puis « fanal keys unseal » avec deux parts.")


def _show(number: int, share: str) -> None:
    click.prompt(
        f"Gardien {number}, seul devant l'écran : appuyez sur Entrée",
        default="",
        show_default=False,
        err=True,
    )
    words = share.split()
    for start in range(0, len(words), WORDS_PER_LINE):
        line = words[start : start + WORDS_PER_LINE]
        click.echo("  ".join(f"{start + rank:2} {word}" for rank, word in enumerate(line, 1)))
    click.prompt(
        "Recopiez ces mots à la main, puis appuyez sur Entrée : ils ne reviendront pas",
        default="",
        show_default=False,
        err=True,
    )
    click.clear()


@click.command(cls=FrenchCommand)
def unseal() -> None:
    """
    Reçoit la part d'un gardien ; la seconde ouvre les clés.

    Chaque gardien lance cette commande pour lui-même. Les mots ne s'affichent pas et ne sont
    écrits nulle part ; une part qui attend seule est oubliée après un quart d'heure.
    """
    _kept_by_custodians()
    words = click.prompt("Vos 33 mots", hide_input=True, err=True)
    answer = _ask({"ask": "share", "words": words})
    if "message" in answer:
        raise ShareRefused(answer["message"])
    if answer["waiting"]:
        say("Votre part est reçue. Il en faut une seconde, d'un autre gardien.")
    else:
        _note("OPENING")
        say("Les clés sont ouvertes.")


@click.command(cls=FrenchCommand)
def lock() -> None:
    """Referme les clés : ce qui est scellé ne se lit plus, ce qui arrive continue d'être scellé."""
    _kept_by_custodians()
    _ask({"ask": "lock"})
    _note("CLOSING")
    say("Les clés sont fermées.")


@click.command(cls=FrenchCommand)
def rehearse() -> None:
    """
    Vérifie que les trois parts, deux à deux, rouvrent la clé en usage ; n'ouvre rien.

    Chaque gardien tape la sienne. La date est gardée : l'écran des clés dit quand refaire l'essai.
    """
    path = _kept_by_custodians()
    from fanal.ground.privacy.sealing.custody import SHARES, recover
    from fanal.ground.privacy.sealing.keyring import known_keys

    words = [
        click.prompt(f"Les 33 mots du gardien {number}", hide_input=True, err=True)
        for number in range(1, SHARES + 1)
    ]
    used = known_keys(path)[-1:]
    roots = [recover(pair) for pair in combinations(words, 2)]
    if not used or any(root.public(used[0].id.generation) != used[0] for root in roots):
        raise NotRehearsed
    _note("REHEARSAL")
    say("Les trois paires de parts rouvrent la clé en usage.")


@click.command(cls=FrenchCommand)
def status() -> None:
    """Dit qui garde les clés, si elles sont ouvertes, et combien de valeurs chacune scelle."""
    with open_database():
        from fanal.ground.privacy.sealing.chosen import key_keeper, sealing_key, state_of_keys
        from fanal.ground.privacy.sealing.rotation import counts

        state = state_of_keys()
        words = {
            "demonstration": "la démonstration s'ouvre seule",
            "open": "ouvertes",
            "locked": "fermées : deux gardiens lancent « fanal keys unseal »",
            "absent": "aucune encore : lancez « fanal keys ceremony »",
        }
        click.echo(f"Gardien des clés : {key_keeper().name}")
        click.echo(f"Clés : {words[state]}")
        if state != "absent":
            click.echo(f"Clé en usage : {sealing_key().id}")
        for column, keys in counts(using="owner").items():
            said = ", ".join(
                f"{count} sous {key}" if key else f"{count} en clair (lancez « fanal keys seal »)"
                for key, count in sorted(keys.items())
            )
            click.echo(f"{column} : {said or 'rien'}")


@click.command(cls=FrenchCommand)
def rotate() -> None:
    """
    Change la clé qui scelle, pendant que le service continue.

    Interrompue, la commande reprend où elle en était : s'il reste des valeurs sous une ancienne
    clé, elle les finit sans en faire une autre. L'ancienne et la nouvelle lisent tout du long.
    """
    with open_database() as steps:
        from fanal.ground.privacy.sealing.chosen import next_key, sealing_key
        from fanal.ground.privacy.sealing.rotation import counts, wrap_again

        used = str(sealing_key().id)
        behind = any(keys.keys() - {used, ""} for keys in counts(using="owner").values())
        key = sealing_key() if behind else next_key()
        steps(f"Passage à la clé {key.id}")
        done = wrap_again(using="owner", progress=steps.count)
        _note("ROTATION")
    say(f"{done} valeurs sont passées sous la clé {key.id}.")


@click.command(cls=FrenchCommand)
def seal() -> None:
    """Scelle ce qu'une migration a laissé en clair, que les clés soient ouvertes ou non."""
    with open_database() as steps:
        from fanal.ground.privacy.sealing.rotation import seal_what_is_clear

        steps("Colonnes scellées")
        done = seal_what_is_clear(using="owner", progress=steps.count)
    say(f"{done} valeurs scellées.")


@click.command(cls=FrenchCommand)
def recover() -> None:
    """
    Refait le fichier des clés publiques (keyring.json) avec deux parts et la base.

    Pour une base restaurée sur une machine neuve. Rien n'est ouvert ni changé : lancez ensuite
    « fanal keys unseal ». Après deux cérémonies, commencez par les parts de la dernière.
    """
    path = _kept_by_custodians()
    words = [click.prompt(f"Les 33 mots du gardien {n}", hide_input=True, err=True) for n in (1, 2)]
    with open_database():
        from fanal.ground.privacy.sealing.recovering import recover_keyring

        made = recover_keyring(words, path=path, using="owner")
    say(f"{len(made)} clé(s) publique(s) refaites, jusqu'à {made[-1].id}, dans {path}.")


def _note(kind: str) -> None:
    """Keep the day of what was done: the screen of the keys shows it."""
    from fanal.ground.privacy.sealing.chosen import keyring_path, sealing_key
    from fanal.ground.privacy.sealing.deeds import Deed, Kind, note

    note(keyring_path(), Deed(Kind[kind], moment(), str(sealing_key().id)))


def _kept_by_custodians() -> Path:
    """Where the public keys are, once it is sure that custodians keep the others."""
    set_up_django()
    from django.conf import settings

    if settings.FANAL_KEY_KEEPER != "agent":
        raise OpensByItself
    return Path(settings.FANAL_KEYRING)


def _ask(question: dict[str, str]) -> dict[str, str]:
    from django.conf import settings

    from fanal.ground.privacy.sealing.agent import NoAgent, ask_agent

    answer = ask_agent(Path(settings.FANAL_KEY_SOCKET), question)
    if answer is None:
        raise NoAgent
    return answer
