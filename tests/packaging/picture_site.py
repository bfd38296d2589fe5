"""The web site of the tutorial's plugin."""

import http.server
import io

from PIL import Image


class PictureSiteHandler(http.server.BaseHTTPRequestHandler):
    """Serves pictures.example, which has one picture."""

    def do_GET(self) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
        is_found = self.path == "/p/42.jpg"
        self.send_response(200 if is_found else 404)
        self.send_header("Content-Type", "image/jpeg")
        self.end_headers()
        self.wfile.write(picture.getvalue() if is_found else b"")

    def log_message(self, *_: object) -> None:
        """Print no log messages."""
