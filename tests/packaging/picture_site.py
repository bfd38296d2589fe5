"""The web site of the tutorial's plugin."""

import http.server
import io
import json

from PIL import Image

POST = {
    "title": "Two pictures",
    "pictures": [{"url": f"http://pictures.example/{name}.jpg"} for name in ("sun", "sea")],
}


class PictureSiteHandler(http.server.BaseHTTPRequestHandler):
    """Serves pictures.example, which has one post, for visitors of age, with pictures for its own pages only."""

    def do_GET(self) -> None:
        is_post = self.path == "/p/42.json" and self.headers["Cookie"] == "of_age=yes"
        is_picture = self.path in {"/sun.jpg", "/sea.jpg"} and self.headers["Referer"] == "http://pictures.example/p/42"
        self.send_response(200 if is_post or is_picture else 404)
        self.send_header("Content-Type", "application/json" if is_post else "image/jpeg")
        self.end_headers()
        if is_post:
            self.wfile.write(json.dumps(POST).encode())
        elif is_picture:
            picture = io.BytesIO()
            Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
            self.wfile.write(picture.getvalue())

    def log_message(self, *_: object) -> None:
        """Print no log messages."""
