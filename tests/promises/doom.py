"""How the bot dies inside this process: at a named place nothing more is committed or sent, by no thread of it."""


class Died(BaseException):
    """The bot is dead; no code of its own may catch this."""


class Doom:
    """Watches the crash points: at the n-th visit of one the bot dies, and at every later one it stays dead."""

    def __init__(self) -> None:
        self.dead = False
        self._place, self._left = "", 0

    def await_at(self, place: str, visit: int) -> None:
        """Let it die at the `visit`-th visit of `place` from now on."""
        self.dead, self._place, self._left = False, place, visit

    def rest(self) -> None:
        """Nobody dies any more."""
        self.await_at("", 0)

    def __call__(self, name: str) -> None:
        """One visit of a crash point, in whatever thread."""
        if not self.dead and name == self._place:
            self._left -= 1
            self.dead = self._left <= 0
        if self.dead:
            raise Died(name)
