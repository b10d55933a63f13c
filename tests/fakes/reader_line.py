"""The line to one reader of a room, as Granian gives it, without a socket."""

from granian._granian import RSGIProtocolClosed


class Line:
    """Takes every frame until `is_cut`."""

    def __init__(self):
        self.is_cut = False

    def send_bytes(self, _frame):
        if self.is_cut:
            raise RSGIProtocolClosed
        return self

    def __await__(self):
        return iter(())
