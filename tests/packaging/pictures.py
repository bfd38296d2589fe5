"""The site that the tutorial's plugin is written for."""

import http.server
import io

from PIL import Image


class Pictures(http.server.BaseHTTPRequestHandler):
    """pictures.example: it has one picture."""

    def do_GET(self) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
        there = self.path == "/p/42.jpg"
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", "image/jpeg")
        self.end_headers()
        self.wfile.write(picture.getvalue() if there else b"")

    def log_message(self, *_: object) -> None:
        """Stay silent."""
